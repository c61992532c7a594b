import { fill, h } from '../element.ts';
import type { Page } from '../page.ts';
import { onceReleased } from '../popup.ts';
import { roveIn } from '../roving.ts';
import { hex } from './names.ts';

const MOST = 200;
const WORDS: Readonly<Record<string, string>> = {
  online: 'Online',
  idle: 'Idle',
  dnd: 'Do Not Disturb',
  offline: 'Offline',
};

interface Section {
  readonly title: string;
  readonly members: string[];
}

/** Who is in the server: by their hoisted role, then those online, then the rest. */
export class MemberList {
  readonly element = h('aside', { class: 'members', 'aria-label': 'Members' });
  readonly #page: Page;
  readonly #list = h('div', { class: 'member-list' });
  #scheduled = false;

  constructor(page: Page) {
    this.#page = page;
    this.element.append(this.#list);
    roveIn(this.#list, '.member');
    this.#list.addEventListener('contextmenu', (event) => {
      const member = event.target instanceof Element ? event.target.closest<HTMLElement>('.member') : null;
      if (!member) return;
      event.preventDefault();
      const at = event.clientX === 0 ? member : { x: event.clientX, y: event.clientY };
      onceReleased(event, () => page.openUserMenu(member.dataset.user ?? '', at));
    });
  }

  /** Thousands can join at once; the list is drawn once for them. */
  schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setTimeout(() => {
      this.#scheduled = false;
      this.draw();
    }, 100);
  }

  draw(): void {
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.user : undefined;
    fill(
      this.#list,
      this.#sections().map((section) => this.#drawSection(section)),
    );
    this.#list.querySelector<HTMLElement>('.member')?.setAttribute('tabindex', '0');
    if (focused && document.activeElement === document.body)
      this.#list.querySelector<HTMLElement>(`[data-user="${focused}"]`)?.focus();
  }

  #sections(): Section[] {
    const { names } = this.#page;
    const guild = names.guild();
    if (!guild) return [];
    const hoisted = [...guild.roles.values()].filter(({ hoist }) => hoist).sort((a, b) => b.position - a.position);
    const sections = new Map<string, Section>(hoisted.map(({ id, name }) => [id, { title: name, members: [] }]));
    const online: Section = { title: 'Online', members: [] };
    const offline: Section = { title: 'Offline', members: [] };
    for (const id of guild.members.keys()) {
      const role = names.rolesOf(id).find(({ hoist }) => hoist);
      const section = names.status(id) === 'offline' ? offline : (sections.get(role?.id ?? '') ?? online);
      section.members.push(id);
    }
    for (const { members } of [...sections.values(), online, offline])
      members.sort((a, b) => names.user(a).localeCompare(names.user(b)));
    return [...sections.values(), online, offline].filter(({ members }) => members.length > 0);
  }

  #drawSection({ title, members }: Section): HTMLElement {
    const rest = members.length - MOST;
    return h(
      'section',
      { 'aria-label': `${title}, ${members.length}` },
      h('h2', { class: 'section-title' }, `${title} — ${members.length}`),
      members.slice(0, MOST).map((id) => this.#drawMember(id)),
      rest > 0 && h('p', { class: 'muted more-members' }, `and ${rest} more`),
    );
  }

  #drawMember(id: string): HTMLElement {
    const { names, store } = this.#page;
    const status = names.status(id);
    const name = h('span', { class: 'member-name' }, names.user(id));
    const role = names.rolesOf(id).find(({ color }) => color > 0);
    if (role) name.style.color = hex(role.color);
    const bot = store.users.get(id)?.bot;
    return h(
      'button',
      {
        class: `member ${status}`,
        'data-user': id,
        tabindex: -1,
        title: names
          .rolesOf(id)
          .map((one) => one.name)
          .join(', '),
        'aria-label': `${names.user(id)}, ${WORDS[status] ?? status}`,
        'aria-haspopup': 'menu',
        on: { click: ({ currentTarget }) => this.#page.openUserMenu(id, currentTarget) },
      },
      avatarWithStatus(this.#page, id),
      name,
      bot && h('span', { class: 'tag' }, 'APP'),
      names.guild()?.ownerId === id && h('span', { class: 'crown', title: 'Server owner' }, '👑'),
    );
  }
}

export function avatarWithStatus({ names }: Page, id: string): HTMLElement {
  return h(
    'span',
    { class: 'avatar' },
    h('img', { src: names.avatar(id, 64), alt: '', loading: 'lazy' }),
    h('span', { class: `status ${names.status(id)}` }),
  );
}
