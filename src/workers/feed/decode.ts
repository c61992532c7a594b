const DECLARED = /^[^<]{0,10}<\?xml[^>]{0,200}?encoding\s{0,5}=\s{0,5}["']([\w.:-]{1,40})["']/;
const CHARSET = /charset\s*=\s*"?([\w.:-]{1,40})/i;
const HEAD = 400;

/** The text of a document in the encoding that its mark, its server or itself tells; UTF-8 where nobody does. */
export function decodeDocument(bytes: Uint8Array, type: string): string {
  const declared = DECLARED.exec(new TextDecoder('latin1').decode(bytes.subarray(0, HEAD)))?.[1];
  const label = markOf(bytes) ?? CHARSET.exec(type)?.[1] ?? utf8IfWide(declared) ?? 'utf-8';
  return decoderOf(label).decode(bytes);
}

function markOf([first, second]: Uint8Array): string | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return first === 0xef && second === 0xbb ? 'utf-8' : undefined;
}

/** A declaration that can be read byte by byte is not in UTF-16, whatever it says. */
function utf8IfWide(declared: string | undefined): string | undefined {
  return declared && /utf-?16|ucs-?2/i.test(declared) ? 'utf-8' : declared;
}

function decoderOf(label: string): TextDecoder {
  try {
    return new TextDecoder(label);
  } catch {
    return new TextDecoder();
  }
}
