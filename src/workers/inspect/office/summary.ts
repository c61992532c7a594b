/** The title and the author that a compound file's summary tells, where it tells them. */
export function readSummary(bytes: Uint8Array): { readonly title: string; readonly author: string } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = { title: '', author: '' };
  if (bytes.length < 56) return found;
  const section = view.getUint32(44, true);
  if (section + 8 > bytes.length) return found;
  const count = Math.min(view.getUint32(section + 4, true), 64);
  let codePage = 1_252;
  for (let index = 0; index < count; index++) {
    const at = section + 8 + index * 8;
    if (at + 8 > bytes.length) break;
    const [id, offset] = [view.getUint32(at, true), section + view.getUint32(at + 4, true)];
    if (offset + 8 > bytes.length) continue;
    if (id === 1) codePage = view.getUint16(offset + 4, true);
    if (id === 2) found.title = textAt(bytes, view, offset, codePage);
    if (id === 4) found.author = textAt(bytes, view, offset, codePage);
  }
  return found;
}

const [NARROW, WIDE] = [0x1e, 0x1f];
const MOST = 1_000;

function textAt(bytes: Uint8Array, view: DataView, at: number, codePage: number): string {
  const kind = view.getUint32(at, true);
  const length = Math.min(view.getUint32(at + 4, true), MOST);
  if (kind !== NARROW && kind !== WIDE) return '';
  const encoding = kind === WIDE || codePage === 1_200 ? 'utf-16le' : codePage === 65_001 ? 'utf-8' : 'windows-1252';
  const text = new TextDecoder(encoding).decode(bytes.subarray(at + 8, at + 8 + (kind === WIDE ? length * 2 : length)));
  return text.split('\0')[0] ?? '';
}
