import { type APIEmbed, EmbedType } from 'discord-api-types/v10';
import { type Form, present } from '../http/form.ts';

const WHOLE = 6_000;

/** Reads up to ten embeds, within Discord's limits for each part and 6,000 characters over all. */
export function readEmbeds(body: Form): APIEmbed[] | undefined {
  const embeds = body.list('embeds', readEmbed, { max: 10 });
  if (embeds && embeds.reduce((sum, embed) => sum + lengthOf(embed), 0) > WHOLE) {
    body.fail('embeds', 'MAX_EMBED_SIZE_EXCEEDED', `Embed size exceeds maximum size of ${WHOLE}`);
  }
  return embeds;
}

function readEmbed(form: Form): APIEmbed {
  const author = form.child('author');
  const footer = form.child('footer');
  const timestamp = form.time('timestamp') ?? undefined;
  return {
    type: EmbedType.Rich,
    ...present({
      title: form.text('title', { max: 256 }),
      description: form.text('description', { max: 4_096 }),
      url: url(form, 'url'),
      color: form.int('color', { min: 0, max: 0xffffff }),
      timestamp,
      fields: form.list('fields', readField, { max: 25 }),
      author: author && {
        name: author.needText('name', { min: 1, max: 256 }),
        ...present({ url: url(author, 'url'), icon_url: url(author, 'icon_url') }),
      },
      footer: footer && {
        text: footer.needText('text', { min: 1, max: 2_048 }),
        ...present({ icon_url: url(footer, 'icon_url') }),
      },
      image: readImage(form.child('image')),
      thumbnail: readImage(form.child('thumbnail')),
    }),
  };
}

function readField(form: Form) {
  return {
    name: form.needText('name', { min: 1, max: 256 }),
    value: form.needText('value', { min: 1, max: 1_024 }),
    inline: form.flag('inline') ?? false,
  };
}

function readImage(form: Form | undefined): { url: string } | undefined {
  const address = form && url(form, 'url');
  return address === undefined ? undefined : { url: address };
}

/** http, https, or a file of the same message. */
export function url(form: Form, key: string, max = 2_048): string | undefined {
  const value = form.text(key, { max });
  if (value === undefined || value.startsWith('attachment://')) return value;
  if (!URL.canParse(value)) return form.fail(key, 'URL_TYPE_INVALID_URL', 'Not a well formed URL.');
  if (/^(?:https?|discord):/i.test(value)) return value;
  const scheme = value.slice(0, value.indexOf(':'));
  return form.fail(
    key,
    'URL_TYPE_INVALID_SCHEME',
    `Scheme "${scheme}" is not supported. Scheme must be one of ('http', 'https').`,
  );
}

function lengthOf({ title, description, fields, author, footer }: APIEmbed): number {
  const texts = [title, description, author?.name, footer?.text, ...(fields ?? []).flatMap((f) => [f.name, f.value])];
  return texts.reduce((sum, text) => sum + [...(text ?? '')].length, 0);
}
