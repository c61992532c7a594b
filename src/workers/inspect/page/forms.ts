import { judgeLink } from '../../../lib/links/judge.ts';
import type { Findings } from '../findings.ts';
import type { Links } from '../links.ts';

const MOST = 10_000;

interface Form {
  /** Where what is typed into it goes; empty where it goes nowhere else. */
  action: string;
  password: boolean;
}

/** What a page asks for, and whom it tells. */
export class Forms {
  readonly #forms = new Set<Form>();
  /** Fields may stand outside of every form. */
  #now: Form = { action: '', password: false };

  begin(action: string): void {
    this.#now = { action, password: false };
    this.#list();
  }

  end(): void {
    this.#now = { action: '', password: false };
  }

  /** A button may send a form elsewhere. */
  sendTo(action: string): void {
    this.#now.action = action;
  }

  askForPassword(): void {
    this.#now.password = true;
    this.#list();
  }

  #list(): void {
    if (this.#forms.size < MOST) this.#forms.add(this.#now);
  }

  /** `sends`: whether scripts of the page could send what is typed. */
  judge(sends: boolean, findings: Findings, links: Links): void {
    for (const { action, password } of this.#forms) {
      const { domain } = judgeLink(action);
      if (action !== '') links.add(action);
      if (password && domain !== '') findings.add('page-password-sent', 'dangerous', { domain });
      else if (password && sends) findings.add('page-password-script', 'dangerous');
      else if (password) findings.add('page-password', 'careful');
      else if (domain !== '') findings.add('page-form', 'careful', { domain });
    }
  }
}
