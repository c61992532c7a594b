const KEY = 'theme';

type Theme = 'dark' | 'light';

/** Dark or light: as the system has it, until a person chooses; the choice is remembered by this browser. */
export class ThemeSwitch {
  readonly #system = matchMedia('(prefers-color-scheme: light)');
  readonly #onChange: (theme: Theme) => void;
  #chosen: Theme | undefined;

  constructor(onChange: (theme: Theme) => void) {
    this.#onChange = onChange;
    const kept = localStorage.getItem(KEY);
    this.#chosen = kept === 'dark' || kept === 'light' ? kept : undefined;
    this.#system.addEventListener('change', () => this.apply());
  }

  get theme(): Theme {
    return this.#chosen ?? (this.#system.matches ? 'light' : 'dark');
  }

  toggle(): void {
    this.#chosen = this.theme === 'dark' ? 'light' : 'dark';
    localStorage.setItem(KEY, this.#chosen);
    this.apply();
  }

  apply(): void {
    document.documentElement.dataset.theme = this.theme;
    this.#onChange(this.theme);
  }
}
