import { defineLook, type Found } from '../look.ts';

export default defineLook('files', {
  cost: 'nothing',
  look({ over, types }, { input: { shown } }) {
    const files = shown?.files?.filter((name) => !types || types.includes(endingOf(name))) ?? [];
    if (files.length <= over) return 'no';
    const elsewhere = files.map((name): Found['elsewhere'][number] => ({
      place: 'files',
      text: name.slice(-100).toWellFormed(),
    }));
    return { spans: [], elsewhere: elsewhere.slice(0, 8), details: { count: files.length } };
  },
});

/** What systems go by: what stands behind the last dot, whatever else is written there that does not show. */
function endingOf(name: string): string {
  const shown = name.replace(/[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\s.]+$/u, '').normalize('NFKC');
  return shown
    .slice(shown.lastIndexOf('.') + 1)
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .toLowerCase();
}
