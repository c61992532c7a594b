/** Names that say which version of what runs there, when a number follows. */
const KNOWN = new Set(
  `node nodejs node.js npm pnpm yarn bun deno python cpython pypy pip java jdk jre openjdk kotlin scala gradle maven spring
  go golang rustc cargo dotnet net ruby rails php composer laravel erlang elixir linux kernel ubuntu debian fedora alpine
  windows macos darwin android ios docker podman kubernetes containerd systemd glibc musl gcc clang openssl postgres
  postgresql mysql mariadb sqlite redis mongodb nginx apache caddy chrome chromium firefox safari electron discord.js
  discord.py serenity jda lavalink ffmpeg minecraft forge neoforge fabric fabricloader quilt paper spigot bukkit velocity
  bungeecord optifine unity unreal godot steam proton wine dxvk mesa nvidia vulkan opengl directx lwjgl typescript react
  vue next.js nuxt vite webpack django flask fastapi tensorflow pytorch cuda numpy pandas rockhopper`.split(/\s+/),
);
const NAMED =
  /(?<![\w.@/-])(@?[A-Za-z][A-Za-z0-9_.-]{0,30}(?:\/[a-z0-9_.-]{1,30})?)(@| version:? |==|: |\/| |-|=)[v"']{0,2}(\d{1,4}\.\d{1,5}(?:\.\d{1,6}){0,2}(?:[-+][0-9A-Za-z.]{1,20})?)(?![\w.:/])/g;
const MOST = 12;

/** Versions of runtimes and libraries that a text names, each once, as they stand there. */
export function versionsIn(text: string): string[] {
  const found = new Map<string, string>();
  for (const [, name = '', between = '', version = ''] of text.matchAll(NAMED)) {
    const plain = between === '@' || between === '==' || between.startsWith(' version');
    const known = KNOWN.has(name.toLowerCase());
    if (!known && !(plain && version.split('.').length >= 3)) continue;
    const key = name.toLowerCase();
    if (!found.has(`${key} ${version}`)) found.set(`${key} ${version}`, `${name} ${version}`);
    if (found.size === MOST) break;
  }
  return [...found.values()];
}
