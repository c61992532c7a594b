import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openStage, type Stage, whyNoBrowser } from './page-browser.ts';

const missing = await whyNoBrowser();

function composer(page: Page): Locator {
  return page.getByRole('textbox', { name: 'Message #' }).or(page.getByRole('combobox', { name: 'Message #' }));
}

/** The message that holds this text, the newest when there are several. */
function row(page: Page, text: string): Locator {
  return page.locator('.row', { hasText: text }).last();
}

async function say(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await page.keyboard.press('Enter');
}

/** Types a command and chooses it; its first option then has the focus. */
async function begin(page: Page, name: string): Promise<void> {
  await composer(page).fill('');
  await composer(page).pressSequentially(`/${name}`);
  await page
    .getByRole('option', { name: `/${name}` })
    .first()
    .waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('group', { name: `/${name}`, exact: true }).waitFor();
}

async function run(page: Page, name: string): Promise<void> {
  await begin(page, name);
  await page.keyboard.press('Enter');
}

/** Lets go of files over the page, as from another window. */
async function drop(page: Page, name: string, type: string, content: string): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([file, kind, text]) => {
      const made = new DataTransfer();
      made.items.add(new File([text], file, { type: kind }));
      return made;
    },
    [name, type, content] as const,
  );
  await page.dispatchEvent('main', 'dragover', { dataTransfer: transfer });
  await page.getByText('Let go to add').waitFor();
  await page.dispatchEvent('main', 'drop', { dataTransfer: transfer });
}

describe.skipIf(missing !== undefined)(`the page${missing ? ` (skipped: ${missing})` : ''}`, () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await openStage();
  });
  afterEach(async () => {
    await stage.closeAll();
    expect(stage.faults.splice(0)).toEqual([]);
  });
  afterAll(() => stage?.[Symbol.asyncDispose]());

  test('shows servers, channels, members and history, and marks what is unread', async () => {
    const page = await stage.open();
    await page.getByRole('button', { name: 'Rockhopper Colony' }).waitFor();
    await page.getByRole('heading', { name: 'general', exact: true }).waitFor();
    await row(page, 'Welcome to the colony!').waitFor();
    await page.getByRole('button', { name: 'Adelie, Online' }).waitFor();
    expect(await page.getByRole('button', { name: 'mod-log' }).count()).toBe(0);
    await stage.discord.message({ as: 'owner', channel: 'random', content: `Look <@${stage.discord.people.member}>` });
    await page.getByRole('button', { name: 'random, 1 unread' }).click();
    await row(page, 'Look').getByRole('button', { name: 'Chinstrap' }).waitFor();
    expect(await page.getByRole('button', { name: 'random, 1 unread' }).count()).toBe(0);
  });

  test('writes a message that others see, with its markdown', async () => {
    const [page, other] = await Promise.all([stage.open(), stage.open({ as: 'moderator' })]);
    await composer(page).pressSequentially('**strong** and `code`');
    await other.getByText('Chinstrap is typing…').waitFor();
    await page.keyboard.press('Enter');
    const seen = row(other, 'strong and code');
    expect(await seen.locator('strong').textContent()).toBe('strong');
    expect(await seen.locator('code').textContent()).toBe('code');
    expect(await composer(page).inputValue()).toBe('');
  });

  test('runs a command by keyboard alone, with suggestions from the bot', async () => {
    const page = await stage.open({ as: 'owner' });
    await page.keyboard.press('Tab');
    await composer(page).focus();
    await begin(page, 'help');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.type('pin');
    await page.getByRole('option', { name: '/ping' }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    const answer = row(page, '/ping');
    await answer.getByText('Only you can see this').waitFor();
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA');
  });

  test('takes every kind of option and says what is wrong with one', async () => {
    const page = await stage.open();
    await begin(page, 'every');
    await page.keyboard.type('x');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('At least 2 characters').waitFor();
    await page.keyboard.type('y');
    await page.keyboard.press('Tab');
    await page.keyboard.type('12');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('At most 9').waitFor();
    await page.keyboard.press('Backspace');
    for (const [option, typed] of [
      ['boolean', 'tr'],
      ['user', 'gentoo'],
      ['channel', 'rand'],
      ['role', 'moder'],
      ['choice', 'gre'],
      ['suggested', 'abc'],
    ] as const) {
      await page.getByRole('button', { name: /optional$/ }).click();
      await page.getByRole('menuitem', { name: option }).first().click();
      await page.keyboard.type(typed);
      await page.locator('.panel .choice.active').waitFor();
      if (option === 'suggested') await page.getByRole('option', { name: 'abc7', exact: true }).click();
      else await page.keyboard.press('Enter');
    }
    await page.keyboard.press('Enter');
    const { people, channels, roles } = stage.discord;
    const answer = row(page, '"suggested": "abc7"').or(row(page, '"suggested":"abc7"'));
    const text = await answer.locator('pre').textContent();
    expect(JSON.parse(text ?? '')).toMatchObject({
      text: 'xy',
      integer: 1,
      boolean: true,
      user: people.moderator,
      channel: channels.random,
      role: roles.moderator,
      choice: 'green',
    });
  });

  test('gives a dropped file to the option that takes one', async () => {
    const page = await stage.open();
    await begin(page, 'inspect');
    await drop(page, 'birds.csv', 'text/csv', 'name,count\nadelie,12\ngentoo,7\n');
    await page.keyboard.press('Enter');
    await row(page, 'birds.csv').getByText('adelie').waitFor();
  });

  test('sends dropped files and sample files with a message', async () => {
    const page = await stage.open();
    await drop(page, 'notes.txt', 'text/plain', 'seen at dusk');
    await page.getByRole('list', { name: 'Files to send' }).getByText('notes.txt').waitFor();
    await page.getByRole('button', { name: 'Add a file or use a command' }).click();
    await page.getByRole('menuitem', { name: /\.png/ }).first().click();
    await page.keyboard.type('both');
    await page.keyboard.press('Enter');
    const sent = row(page, 'both');
    await sent.getByRole('link', { name: 'notes.txt' }).waitFor();
    const picture = sent.locator('img[src*="/attachments/"]');
    await expect
      .poll(() => picture.evaluate((one) => one instanceof HTMLImageElement && one.naturalWidth))
      .toBeGreaterThan(0);
  });

  test('presses a button, whose message changes in place and keeps the focus', async () => {
    const page = await stage.open();
    await run(page, 'components');
    const button = row(page, 'pressed 0 times').getByRole('button', { name: 'press' });
    await button.focus();
    await page.keyboard.press('Enter');
    await row(page, 'pressed 1 times').waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('press');
  });

  test('chooses from every kind of select menu', async () => {
    const page = await stage.open();
    await run(page, 'components');
    const message = row(page, 'pressed 0 times');
    await message.waitFor();
    const id = await message.getAttribute('data-id');
    const selects = page.locator(`[data-id="${id}"] .select`);
    for (const [at, typed] of [
      [1, 'Gentoo'],
      [2, 'Moderator'],
      [3, 'Gentoo'],
      [4, 'random'],
    ] as const) {
      await selects.nth(at).press('Enter');
      await page.keyboard.type(typed);
      await page.keyboard.press('Enter');
      await page.keyboard.press('Escape');
    }
    const { people, channels, roles } = stage.discord;
    for (const said of [
      `user: ${people.moderator}`,
      `role: ${roles.moderator}`,
      `mentionable: ${people.moderator}`,
      `channel: ${channels.random}`,
    ]) {
      await row(page, said).waitFor();
    }
    await selects.nth(0).click();
    await page.getByRole('option', { name: 'B' }).click();
    await row(page, 'picked b').waitFor();
  });

  test('opens a modal, holds it to its rules and submits it', async () => {
    const page = await stage.open();
    await run(page, 'form');
    const modal = page.getByRole('dialog', { name: 'Tell me' });
    await modal.getByRole('button', { name: 'Submit' }).click();
    await modal.getByRole('alert').getByText('This field is required').waitFor();
    await page.keyboard.type('penguins');
    await page.keyboard.press('Enter');
    await row(page, 'a: b%: penguins').waitFor();
    await run(page, 'form');
    await modal.waitFor();
    await page.keyboard.press('Escape');
    await modal.waitFor({ state: 'detached' });
  });

  test('shows an ephemeral answer to its reader alone, until it is dismissed', async () => {
    const [page, other] = await Promise.all([stage.open(), stage.open({ as: 'moderator' })]);
    await run(page, 'help');
    const answer = page.locator('.row', { hasText: 'Only you can see this' }).last();
    await answer.waitFor();
    await say(page, 'after the help');
    await row(other, 'after the help').waitFor();
    expect(await other.getByText('Only you can see this').count()).toBe(0);
    const id = await answer.getAttribute('data-id');
    await answer.getByText('Dismiss message').focus();
    await page.keyboard.press('Enter');
    await page.locator(`[data-id="${id}"]`).waitFor({ state: 'detached' });
  });

  test('acts as somebody else, found by name', async () => {
    const page = await stage.open();
    await page.getByRole('button', { name: /You act as Chinstrap/ }).click();
    await page.keyboard.type('gentoo');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /You act as Gentoo/ }).waitFor();
    await page.getByRole('button', { name: 'mod-log' }).click();
    await say(page, 'for moderators');
    await row(page, 'for moderators').waitFor();
    expect(
      await stage.discord.rest('GET', `/channels/${stage.discord.channels['mod-log']}/messages`, { as: 'owner' }),
    ).toMatchObject([{ content: 'for moderators', author: { id: stage.discord.people.moderator } }]);
  });

  test('edits, reacts to, replies to and deletes messages', async () => {
    const page = await stage.open();
    await say(page, 'a first draft');
    await row(page, 'a first draft').waitFor();
    await page.keyboard.press('ArrowUp');
    await page.getByRole('textbox', { name: 'Edit message' }).fill('a final version');
    await page.keyboard.press('Enter');
    await row(page, 'a final version').getByText('(edited)').waitFor();
    const mine = row(page, 'a final version');
    await mine.hover();
    await mine.getByRole('button', { name: 'Add reaction' }).first().click();
    await page.keyboard.type('penguin');
    await page.keyboard.press('Enter');
    const reaction = mine.getByRole('button', { name: '🐧, 1 reaction' });
    await reaction.waitFor();
    await stage.discord.react((await mine.getAttribute('data-id')) ?? '', '🐧', { as: 'owner' });
    await mine.getByRole('button', { name: '🐧, 2 reactions' }).click();
    await reaction.waitFor();
    const theirs = row(page, 'Where do I try the bot?');
    await theirs.focus();
    await page.keyboard.press('r');
    await page.getByText('Replying to Fiordland').waitFor();
    await say(page, 'over there');
    await row(page, 'over there').getByText('Hi, I am new here').waitFor();
    await mine.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Delete Message' }).press('Enter');
    await mine.waitFor({ state: 'detached' });
  });

  test('offers what the bot can do with a person and with a message', async () => {
    const page = await stage.open();
    await page.getByRole('button', { name: 'Gentoo, Online' }).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Copy User ID' }).waitFor();
    const apps = page.getByRole('group', { name: 'Apps' }).getByRole('menuitem');
    await apps.first().click();
    await page.locator('.row', { hasText: 'gentoo' }).last().waitFor();
    await row(page, 'Is the ferry running').click({ button: 'right' });
    await page.keyboard.press('End');
    await page.keyboard.press('Escape');
    await row(page, 'Is the ferry running').focus();
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem', { name: 'Copy Text' }).click();
    await page.getByText('Copied').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('Good morning! Is the ferry running today?');
  });

  test('says that the bot is thinking, and when it did not answer', async () => {
    const page = await stage.open();
    await run(page, 'held');
    await page.getByText('Rockhopper is thinking…').waitFor();
    stage.letGo();
    await row(page, 'let go').waitFor();
    expect(await page.getByText('Rockhopper is thinking…').count()).toBe(0);
    stage.discord.faults.rest(/callback/, { kind: 'status', status: 400 });
    await run(page, 'components');
    await page.getByRole('alert').getByText('The application did not respond').waitFor();
    stage.discord.faults.clear();
    // The browser itself writes refused requests into the console.
    expect(stage.faults.splice(0)).toEqual([expect.stringContaining('status of 400')]);
  });

  test('draws what strangers write as text, and loads nothing from elsewhere', async () => {
    const page = await stage.open();
    const hostile = [
      '<img src=x onerror="document.title=1"><script>document.title=2</script>',
      '[a link](javascript:alert(1)) and <https://example.com/a"b>',
      'x'.repeat(3_900),
      '*_'.repeat(1_900),
      '\ud800 lone \u202e surrogate',
    ];
    for (const content of hostile) await stage.discord.message({ as: 'newcomer', content });
    const channel = stage.discord.channels.general;
    await stage.discord.rest('POST', `/channels/${channel}/messages`, {
      as: 'bot',
      body: {
        content: 'an embed',
        embeds: [
          {
            title: '<b>12345678901234567890</b>',
            url: 'https://example.com/',
            image: { url: 'https://example.com/picture.png' },
            author: { name: '<i>somebody</i>', icon_url: 'https://example.com/icon.png' },
            fields: [{ name: '123456789012345678', value: '<:wave:123456789012345678>' }],
          },
        ],
      },
    });
    await row(page, 'an embed').getByText('<b>12345678901234567890</b>').waitFor();
    await row(page, '<script>').waitFor();
    expect(await page.locator('.markup script, .markup [onerror], a[href^="javascript"]').count()).toBe(0);
    expect(await page.title()).toBe('#general | Rockhopper sandbox');
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });

  test('can be used at 400 pixels', async () => {
    const page = await stage.open({ width: 400 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(400);
    expect(await page.getByRole('button', { name: 'random' }).isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Servers and channels' }).click();
    await page.getByRole('button', { name: 'bot-commands' }).click();
    await page.getByRole('heading', { name: 'bot-commands', exact: true }).waitFor();
    await page.getByRole('button', { name: 'random' }).waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Members' }).click();
    await page.getByRole('button', { name: 'Adelie, Online' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Adelie, Online' }).waitFor({ state: 'hidden' });
    await run(page, 'ping');
    const answer = page.locator('.container').last();
    await answer.waitFor();
    const right = async () => {
      const box = await answer.boundingBox();
      return box ? box.x + box.width : Number.POSITIVE_INFINITY;
    };
    await expect.poll(right).toBeLessThanOrEqual(400);
  });

  test('lets members join, messages pour in and Discord fail, and shows how the bot bears it', async () => {
    const page = await stage.open();
    await page.getByRole('button', { name: 'Bot status and tools' }).click();
    await page.getByText('The bot is ready.').waitFor();
    await page.locator('.chart canvas').first().waitFor();
    await run(page, 'ping');
    await page.getByRole('list', { name: 'First answers' }).getByText(/\d ms/).first().waitFor();
    await page.getByRole('tab', { name: 'Tools' }).click();
    const { size } = stage.bot.app.discord.guilds.cache.first()?.members.cache ?? { size: 0 };
    await page.getByRole('spinbutton', { name: 'How many members join' }).fill('25');
    await page.getByRole('button', { name: 'Join' }).click();
    await page.getByText('25 members joined').waitFor();
    await expect.poll(() => stage.bot.app.discord.guilds.cache.first()?.members.cache.size).toBe(size + 25);
    await page.getByRole('spinbutton', { name: 'Messages a second' }).fill('200');
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByText(/^[1-9]\d\d+ sent$/).waitFor();
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByRole('button', { name: 'Start', exact: true }).waitFor();
    expect(await page.locator('.row').count()).toBeLessThanOrEqual(101);
    await page.getByRole('button', { name: /Ask to reconnect/ }).click();
    await page.getByText('Ask to reconnect: done').waitFor();
  });

  test('is dark or light as the system is, until one chooses', async () => {
    const page = await stage.open({ scheme: 'light' });
    const background = () =>
      page.evaluate(() => getComputedStyle(document.querySelector('.right') ?? document.body).backgroundColor);
    expect(await background()).toBe('rgb(255, 255, 255)');
    await page.getByRole('button', { name: 'Dark or light' }).click();
    expect(await background()).toBe('rgb(49, 51, 56)');
    await page.reload();
    await page.locator('.row').last().waitFor();
    expect(await background()).toBe('rgb(49, 51, 56)');
  });
});
