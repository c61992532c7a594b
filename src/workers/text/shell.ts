import { forkBomb } from './fork-bomb.ts';
import { type Harm, isOverwritten, isPrecious, judgeOf } from './shell-commands.ts';
import { type ShellWord, shellWords } from './shell-words.ts';

/** A command that destroys what whoever runs it has, and where it stands: `[from, to)` in UTF-16 units. */
export interface HarmfulCommand {
  readonly from: number;
  readonly to: number;
  readonly why: Harm;
}

/** More than Discord lets anyone write; what is beyond is not looked at. */
const LONGEST = 20_000;
/** Without one of these there is no path, no pipe, no disk and no function, and nothing is deleted. */
const NEEDED = /[/~|$%>{:\uff0f]|fork|\brm\b/i;
const RUNS = /^(?:sh|bash|zsh|dash|ksh|fish|python[\d.]*|perl|ruby|node|iex|invoke-expression|source|eval)$/;
const DOWNLOADS = /^(?:curl|wget|fetch|iwr|irm|invoke-webrequest|base64)$/;
/** Where something may be downloaded from. */
const PLACE = /[\w\]][.:][\w/]|\blocalhost\b|^\$/;
/** What stands before a command and carries it out all the same. */
const BEFORE = /^(?:sudo|doas|env|exec|nohup|time|command|-\w*|\w+=.*)$/;
/** What marks a text, a prompt or the folder of a command. */
const IN_FRONT = /^(?:[*_~#%|$]+(?=[a-z/]))?(?:\/(?:usr\/)?(?:local\/)?s?bin\/)?/;
const BEHIND = /(?:[*_~,.!?]{1,10}|\.exe)$/;

/** The first command in a message that would harm whoever runs it, however it is quoted or spaced. Linear. */
export function harmfulCommand(message: string): HarmfulCommand | undefined {
  const text = message.slice(0, LONGEST);
  if (!NEEDED.test(text)) return undefined;
  return forkBomb(text) ?? new Reading(shellWords(text)).harm();
}

/** A message read as what would happen if it were typed into a shell. */
class Reading {
  readonly #words: readonly ShellWord[];
  readonly #names: readonly string[];
  /** Where the command stands that downloads what is piped on, or runs what comes next; -1 for none. */
  #source = -1;
  #runner = -1;
  /** Whether what is downloaded has just a name, as in a sentence about it. */
  #vague = false;
  /** Whether a command may begin here, since nothing but `sudo` and the like stood after a sign. */
  #atHead = true;
  #piped = false;
  /** Whether it may be: whoever is told to go nowhere is where all they have lies. */
  #atRoot = true;

  constructor(words: readonly ShellWord[]) {
    this.#words = words;
    this.#names = words.map(({ text }) => text.replace(IN_FRONT, '').replace(BEHIND, ''));
  }

  harm(): HarmfulCommand | undefined {
    for (const [at, word] of this.#words.entries()) {
      this.#pass(word);
      const found = this.#look(at, word);
      if (found) return found;
      this.#atHead &&= BEFORE.test(word.text);
    }
    return undefined;
  }

  #pass({ after }: ShellWord): void {
    if (after === 'space' || after === 'into') return;
    this.#atHead = true;
    this.#piped = after === 'pipe' || (this.#piped && after === 'inside');
    if (after === 'end' || after === 'bare') [this.#source, this.#runner] = [-1, -1];
  }

  #look(at: number, word: ShellWord): HarmfulCommand | undefined {
    const name = this.#names[at] ?? '';
    if (isOverwritten(word, this.#words[at + 1])) return { from: word.from, to: word.to, why: 'overwrites' };
    if (RUNS.test(name)) return this.#run(at);
    if (DOWNLOADS.test(name)) return this.#download(at, name);
    if (name === 'cd') this.#atRoot = this.#words.slice(at + 1, at + 2).some(isPrecious);
    const found = judgeOf(name)?.(this.#words.slice(at, this.#endOf(at)), this.#atRoot);
    return found && { from: word.from, to: found.last.to, why: found.why };
  }

  #run(at: number): HarmfulCommand | undefined {
    if (!this.#atHead) return undefined;
    if (this.#source >= 0 && this.#piped && (!this.#vague || this.#isAll(at))) return this.#between(this.#source, at);
    this.#runner = at;
    return undefined;
  }

  #download(at: number, name: string): HarmfulCommand | undefined {
    const given = this.#words.slice(at + 1, this.#endOf(at));
    const from = name === 'base64' ? /^(?:-d|--decode)$/ : PLACE;
    const isPlace = given.some(({ text }) => from.test(text));
    if (!isPlace && (name === 'base64' || !this.#atHead || !isOneName(given))) return undefined;
    [this.#source, this.#vague] = [at, !isPlace];
    return this.#runner >= 0 && this.#words[at]?.after === 'inside' ? this.#between(this.#runner, at) : undefined;
  }

  /** Whether a command is given nothing but how it is to be run: a sentence would go on. */
  #isAll(at: number): boolean {
    const next = this.#words[at + 1];
    return next?.after !== 'space' || next.text.startsWith('-');
  }

  #between(first: number, last: number): HarmfulCommand {
    return { from: this.#words[first]?.from ?? 0, to: this.#words[last]?.to ?? 0, why: 'runsDownload' };
  }

  /** The words of a command end where another begins, so that no word is looked at for two. */
  #endOf(at: number): number {
    let end = at + 1;
    while (end < this.#words.length && this.#words[end]?.after === 'space' && !this.#hasWords(end)) end++;
    return end;
  }

  #hasWords(at: number): boolean {
    const name = this.#names[at] ?? '';
    return judgeOf(name) !== undefined || DOWNLOADS.test(name);
  }
}

/** `curl x`, rather than a sentence about it. */
function isOneName(given: readonly ShellWord[]): boolean {
  return given.filter(({ text }) => !text.startsWith('-')).length === 1;
}
