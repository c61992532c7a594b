import { docxOf, paragraphs, pptxOf, xlsxOf } from '../../tests/files/office.ts';
import { packed, pdfOf } from '../../tests/files/pdf.ts';

const LINES_A_PAGE = 45;
const PAGE = 10;

function lines(count: number): string[] {
  return Array.from(
    { length: count },
    (_, at) => `Line ${at}: the penguin hopped from rock to rock, ${at % 90} times.`,
  );
}

/** So many pages of text. */
export function pdfPages(pages: number): Uint8Array {
  const text = lines(LINES_A_PAGE).map((line) => `(${line}) Tj 0 -14 Td`);
  const numbers = Array.from({ length: pages }, (_, at) => PAGE + at * 2);
  return pdfOf({
    1: '<</Type /Catalog /Pages 2 0 R>>',
    2: `<</Type /Pages /Kids [${numbers.map((number) => `${number} 0 R`).join(' ')}] /Count ${pages}>>`,
    3: '<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>',
    ...Object.fromEntries(
      numbers.flatMap((number) => [
        [
          number,
          `<</Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents ${number + 1} 0 R /Resources <</Font <</F1 3 0 R>>>>>>`,
        ],
        [
          number + 1,
          {
            dict: '/Filter /FlateDecode',
            stream: packed(`BT /F1 12 Tf 72 720 Td\n(Page ${number}) Tj 0 -14 Td\n${text.join('\n')}\nET`),
          },
        ],
      ]),
    ),
  });
}

/** So many paragraphs. */
export function docxParagraphs(count: number): Uint8Array {
  return docxOf(paragraphs(...lines(count)));
}

/** So many rows of a number, a text and another number. */
export function xlsxRows(count: number): Uint8Array {
  const rows = Array.from({ length: count }, (_, at) => [at, `Person ${at % 5_000}`, (at * 37) % 1_007]);
  return xlsxOf({ People: [['id', 'name', 'score'], ...rows] });
}

/** So many slides with a few words. */
export function pptxSlides(count: number): Uint8Array {
  return pptxOf(
    Array.from({ length: count }, (_, at) => ({
      inside: `<p:sp><p:txBody><a:p><a:r><a:t>Slide ${at} on penguins</a:t></a:r></a:p></p:txBody></p:sp>`,
    })),
  );
}
