import { extensionsOf } from './names.ts';
import type { Finding } from './report.ts';
import { safeText } from './safe-text.ts';

/** Characters of a table that are searched. */
const SEARCHED = 4_000_000;
/** A cell that starts a program, by the way one program asks another for data: `=cmd|'/C calc'!A0`. */
const CELL = /(?:^|[,;\t|"])([=+\-@][\w.]{1,40}\|(?:'[^'\r\n]{0,500}'|[^\r\n|!']{0,300})![\w$]{1,20})/m;
/** The same of the tables that Excel wrote before all others (SYLK), whose formulas are those of old macros. */
const OLD_FORMULA = /;E((?:EXEC|CALL|REGISTER|RUN|FOPEN|FWRITE)\([^\r\n]{0,300})/i;

/** What a text tells a spreadsheet to run when it is opened there as a table. */
export function sheetCommands(text: string, name: string): Finding[] {
  const start = text.slice(0, SEARCHED);
  const old = /^ID;/.test(start) || extensionsOf(name)[0] === 'slk';
  const command = (old ? OLD_FORMULA.exec(start) : undefined)?.[1] ?? CELL.exec(start)?.[1];
  return command === undefined
    ? []
    : [{ code: 'dde', level: 'dangerous', params: { command: safeText(command, 100) } }];
}
