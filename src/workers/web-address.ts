/** An https address in its plain form, for people to follow and Discord to fetch; nothing for anything else, or over 500 characters. */
export function webAddress(text: string): string | undefined {
  const url = URL.parse(text);
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') return undefined;
  return url.href.length <= 500 ? url.href : undefined;
}
