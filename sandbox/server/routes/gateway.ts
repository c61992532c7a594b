import type { Gateway } from '../gateway/gateway.ts';
import { type Call, openRoute, route } from '../http/define-route.ts';

/** Where the gateway is, and how many sessions may be started. */
export function gatewayRoutes(gateway: Gateway) {
  const bot = (_: Call) => ({
    url: gateway.url,
    shards: gateway.options.shards,
    session_start_limit: {
      total: 1_000,
      remaining: Math.max(0, 1_000 - gateway.sessionStarts),
      reset_after: 86_400_000,
      max_concurrency: gateway.options.maxConcurrency,
    },
  });
  return [openRoute('GET', '/gateway', () => ({ url: gateway.url })), route('GET', '/gateway/bot', bot)];
}
