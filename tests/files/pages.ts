/** A web page with this in its head and its body. */
export function page(body: string, head = '<title>Notes</title>'): string {
  return `<!DOCTYPE html>\n<html><head><meta charset="utf-8">${head}</head><body>${body}</body></html>\n`;
}

/** A picture in SVG with this in it. */
export function svg(content: string, before = ''): string {
  const names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"';
  return `<?xml version="1.0"?>\n${before}<svg ${names} viewBox="0 0 9 9">${content}<circle r="4"/></svg>\n`;
}

export interface MailPart {
  readonly type: string;
  readonly content: string | Uint8Array;
  readonly encoding?: 'base64' | 'quoted-printable' | '7bit';
  readonly attached?: string;
}

/** A page as browsers save it, or a mail with attachments. */
export function mail(parts: readonly MailPart[], { subject = 'Notes' } = {}): string {
  const boundary = '----MultipartBoundary--x1y2----';
  const heads = ['MIME-Version: 1.0', `Subject: ${subject}`, `Content-Type: multipart/related; boundary="${boundary}"`];
  const body = parts.map(({ type, content, encoding = '7bit', attached }) => {
    const lines = [`Content-Type: ${type}`, `Content-Transfer-Encoding: ${encoding}`];
    if (attached) lines.push(`Content-Disposition: attachment; filename="${attached}"`);
    return `--${boundary}\r\n${lines.join('\r\n')}\r\n\r\n${encoded(content, encoding)}\r\n`;
  });
  return `From: <Saved>\r\n${heads.join('\r\n')}\r\n\r\n${body.join('')}--${boundary}--\r\n`;
}

function encoded(content: string | Uint8Array, encoding: MailPart['encoding']): string {
  const bytes = Buffer.from(content);
  if (encoding === 'base64') return bytes.toString('base64').replace(/.{76}/g, '$&\r\n');
  return encoding === 'quoted-printable' ? bytes.toString('latin1').replaceAll('=', '=3D') : bytes.toString('latin1');
}
