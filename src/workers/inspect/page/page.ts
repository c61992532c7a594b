import { judgeLink } from '../../../lib/links/judge.ts';
import type { Findings } from '../findings.ts';
import type { Links } from '../links.ts';
import { type Address, addressOf } from './addresses.ts';
import { Forms } from './forms.ts';
import type { Tag } from './markup.ts';
import { signsOf } from './script-source.ts';

const MOST_SOURCE = 4_000_000;
const MOST_TEXT = 20_000;
const MOST_SHOWN = 500;
const MOST_DATA = 200;
const MOST_HOSTS = 2_000;
/** What stands in a script of these types is not run. */
const NO_SCRIPT = /json|template|x-handlebars|text\/x-|importmap|speculationrules|shader/i;
const UNSEEN = new Set(['script', 'style', 'noscript', 'template', 'title']);
const ADDRESSES = new Set('href src action formaction data to from values code poster background'.split(' '));
const LINES = new Set('p div br li tr h1 h2 h3 h4 h5 h6 table section article header footer ul ol'.split(' '));
const FETCHED: Readonly<Record<string, readonly string[]>> = {
  img: ['src'],
  image: ['href', 'src'],
  use: ['href'],
  feimage: ['href'],
  link: ['href'],
  video: ['src', 'poster'],
  audio: ['src'],
  source: ['src'],
  input: ['src'],
  body: ['background'],
};

type Data = Extract<Address, { kind: 'data' }>;

interface Known {
  readonly findings: Findings;
  readonly links: Links;
  /** Whether scripts in it are run at all. */
  readonly runs: boolean;
  /** Whether it is a picture, which has no use for pages in it. */
  readonly picture: boolean;
}

/** Hears the markup of a page: what it runs, what it asks for, where it leads, what it shows. */
export class Page {
  readonly #known: Known;
  readonly #forms = new Forms();
  readonly #fetched = new Set<string>();
  /** What lies in its addresses and is more than a picture. */
  readonly data: Data[] = [];
  /** Pages written into an attribute. */
  readonly frames: string[] = [];
  #anchor: { readonly url: string; shown: string } | undefined;
  #inside = '';
  #base = '';
  /** Whether what is heard is a script that runs. */
  #reading = false;
  #scripts = 0;
  #source = '';
  title = '';
  text = '';

  constructor(known: Known) {
    this.#known = known;
  }

  open(tag: Tag): void {
    const { name, attributes } = tag;
    this.#attributes(attributes);
    if (UNSEEN.has(name)) this.#inside = name;
    if (LINES.has(name)) this.#show('\n');
    for (const attribute of FETCHED[name] ?? []) this.#fetch(tag, attributes.get(attribute) ?? '');
    switch (name) {
      case 'script':
        this.#script(attributes);
        break;
      case 'a':
      case 'area':
        this.#endAnchor();
        this.#anchor = { url: this.#elsewhere(attributes.get('href')) ?? '', shown: '' };
        break;
      case 'base':
        this.#base ||= this.#elsewhere(attributes.get('href')) ?? '';
        break;
      case 'meta':
        if (attributes.get('http-equiv')?.trim().toLowerCase() === 'refresh') this.#refresh(attributes.get('content'));
        break;
      case 'iframe':
      case 'frame':
        this.#shows('page-frame', attributes.get('src'));
        if (attributes.has('srcdoc') && this.frames.length < 20) this.frames.push(attributes.get('srcdoc') ?? '');
        break;
      case 'object':
      case 'embed':
      case 'applet':
        this.#shows('page-plugin', attributes.get('data') ?? attributes.get('src') ?? attributes.get('code'));
        break;
      case 'foreignobject':
        if (this.#known.picture) this.#known.findings.add('svg-page', 'careful');
        break;
      default:
        this.#ask(tag);
    }
  }

  close(name: string): void {
    if (name === this.#inside) this.#inside = '';
    if (name === 'script') this.#reading = false;
    if (LINES.has(name)) this.#show('\n');
    if (name === 'a') this.#endAnchor();
    if (name === 'form') this.#forms.end();
  }

  hear(text: string): void {
    if (this.#reading) this.#read(text);
    else if (this.#inside === 'title' && this.title.length < 1_000) this.title += text;
    if (this.#inside === '') this.#show(text);
  }

  instruction(text: string): void {
    const href = /^\??xml-stylesheet\b.{0,500}?\bhref\s{0,9}=\s{0,9}["']([^"']{1,2000})["']/is.exec(text)?.[1];
    const url = this.#elsewhere(href);
    if (url) this.#known.findings.add('xml-fetches', 'careful', { link: url });
  }

  /** Says what only the whole page shows. */
  end(): void {
    this.#endAnchor();
    const { findings, links } = this.#known;
    const signs = signsOf(this.#source);
    links.addAllOf(signs.decoded);
    for (const url of signs.leavesFor) this.#leave(url);
    if (this.#scripts > 0) findings.add('page-script', 'careful');
    if (signs.hides) findings.add('page-hidden', 'dangerous');
    if (signs.holdsFile) findings.add('page-smuggles', 'dangerous');
    else if (signs.saves) findings.add('page-saves', 'careful');
    this.#forms.judge(signs.sends, findings, links);
    const hosts = [...this.#fetched].map((url) => judgeLink(url).domain).filter((domain) => domain !== '');
    const domains = [...new Set(hosts)].slice(0, 5).join(', ');
    if (domains !== '') findings.add('page-fetches', this.#known.picture ? 'careful' : 'safe', { domains });
  }

  #attributes(attributes: Tag['attributes']): void {
    for (const [name, value] of attributes) {
      if (/^on[a-z]{3}/.test(name) && value.trim() !== '') this.#run(value);
      if (!ADDRESSES.has(name) || value.length > MOST_SOURCE) continue;
      const address = addressOf(value);
      if (address.kind === 'script') this.#run(address.code);
      const telling =
        address.kind === 'data' && !/^(?:image\/(?!svg)|font\/|audio\/|video\/|text\/css)/.test(address.mime);
      if (telling && this.data.length < MOST_DATA) this.data.push(address);
    }
  }

  #run(code: string): void {
    if (!this.#known.runs) return;
    this.#scripts++;
    this.#read(`${code}\n`);
  }

  #read(code: string): void {
    if (this.#source.length < MOST_SOURCE) this.#source += code;
  }

  #script(attributes: Tag['attributes']): void {
    if (!this.#known.runs || NO_SCRIPT.test(attributes.get('type') ?? '')) return;
    this.#scripts++;
    this.#reading = true;
    this.#shows('page-script-elsewhere', attributes.get('src') ?? attributes.get('href'));
  }

  #shows(code: 'page-frame' | 'page-plugin' | 'page-script-elsewhere', value: string | undefined): void {
    const url = this.#elsewhere(value);
    if (!url) return;
    this.#known.links.add(url);
    this.#known.findings.add(code, 'careful', { link: url });
  }

  #refresh(content = ''): void {
    const target = /url\s{0,9}=\s{0,9}["']?([^"'\s]{1,2000})/i.exec(content.slice(0, 3_000))?.[1] ?? '';
    const address = addressOf(target, this.#base);
    if (address.kind === 'script') this.#run(address.code);
    if (address.kind === 'elsewhere') this.#leave(address.url);
  }

  #leave(url: string): void {
    this.#known.links.add(url);
    this.#known.findings.add('page-redirect', 'careful', { link: url });
  }

  #fetch({ name, attributes }: Tag, value: string): void {
    if (name === 'link' && !/stylesheet|icon|preload|import|prefetch/i.test(attributes.get('rel') ?? '')) return;
    const url = this.#elsewhere(value);
    if (url && this.#fetched.size < MOST_HOSTS) this.#fetched.add(url);
  }

  #ask({ name, attributes }: Tag): void {
    if (name === 'form') this.#forms.begin(this.#elsewhere(attributes.get('action')) ?? '');
    const other = this.#elsewhere(attributes.get('formaction'));
    if (other) this.#forms.sendTo(other);
    if (name === 'input' && attributes.get('type')?.trim().toLowerCase() === 'password') this.#forms.askForPassword();
  }

  #endAnchor(): void {
    if (this.#anchor?.url) this.#known.links.add(this.#anchor.url, this.#anchor.shown.trim());
    this.#anchor = undefined;
  }

  #elsewhere(value: string | undefined): string | undefined {
    const address = addressOf(value ?? '', this.#base);
    return address.kind === 'elsewhere' ? address.url : undefined;
  }

  #show(text: string): void {
    if (this.text.length < MOST_TEXT) this.text += text;
    if (this.#anchor && this.#anchor.shown.length < MOST_SHOWN) this.#anchor.shown += text;
  }
}
