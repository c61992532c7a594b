import { expect, test } from 'vitest';
import { ES } from '../../../src/lib/time/grammar/es.ts';
import { parseDuration, parseWhen } from '../../../src/lib/time/parse.ts';
import { sayDuration, sayWhen } from '../../../src/lib/time/say.ts';

const NOW = new Date('2027-01-05T10:00:00Z'); // a Tuesday

test.each([
  ['en 3 días', 'viernes, 8 de enero de 2027 a las 10:00 (UTC)'],
  ['dentro de dos horas', 'martes, 5 de enero de 2027 a las 12:00 (UTC)'],
  ['mañana a las 9', 'miércoles, 6 de enero de 2027 a las 09:00 (UTC)'],
  ['pasado mañana a las 9 de la noche', 'jueves, 7 de enero de 2027 a las 21:00 (UTC)'],
  ['mañana por la mañana', 'miércoles, 6 de enero de 2027 a las 09:00 (UTC)'],
  ['viernes 18:00', 'viernes, 8 de enero de 2027 a las 18:00 (UTC)'],
  ['el próximo lunes a las 8:30', 'lunes, 11 de enero de 2027 a las 08:30 (UTC)'],
  ['el lunes que viene a las 8:30', 'lunes, 11 de enero de 2027 a las 08:30 (UTC)'],
  ['el viernes que viene a las 8', 'viernes, 15 de enero de 2027 a las 08:00 (UTC)'],
  ['la semana que viene', 'martes, 12 de enero de 2027 a las 09:00 (UTC)'],
  ['el mes que viene a las 10', 'viernes, 5 de febrero de 2027 a las 10:00 (UTC)'],
  ['el primer lunes del mes que viene a las 9', 'lunes, 1 de febrero de 2027 a las 09:00 (UTC)'],
  ['en hora y media', 'martes, 5 de enero de 2027 a las 11:30 (UTC)'],
  ['dentro de dos horas y media', 'martes, 5 de enero de 2027 a las 12:30 (UTC)'],
  ['5 feb 14:30', 'viernes, 5 de febrero de 2027 a las 14:30 (UTC)'],
  ['5 de febrero de 2027 a las 14:30', 'viernes, 5 de febrero de 2027 a las 14:30 (UTC)'],
  ['cada día a las 9', 'cada día a las 09:00 (UTC)'],
  ['todos los días a las 9', 'cada día a las 09:00 (UTC)'],
  ['cada día laborable a las 8:30', 'cada día laborable a las 08:30 (UTC)'],
  ['de lunes a viernes a las 8:30', 'cada día laborable a las 08:30 (UTC)'],
  ['los lunes a las 9', 'cada lunes a las 09:00 (UTC)'],
  ['cada lunes y jueves a las 9', 'cada lunes y jueves a las 09:00 (UTC)'],
  ['cada 2 horas', 'cada 2 horas desde el martes, 5 de enero de 2027 a las 12:00 (UTC)'],
  ['último día del mes 17:00', 'domingo, 31 de enero de 2027 a las 17:00 (UTC)'],
  ['cada mes el día 15 a las 9', 'cada mes el día 15 a las 09:00 (UTC)'],
  ['cada mes el segundo viernes a las 9', 'cada mes el 2.º viernes a las 09:00 (UTC)'],
  ['cada mes el último viernes a las 9', 'cada mes el último viernes a las 09:00 (UTC)'],
])('%s is understood, said in Spanish, and read back', (typed, said) => {
  const read = parseWhen(typed, { now: NOW, zone: 'UTC' });
  expect(read.ok ? sayWhen(read, ES) : read.problem).toBe(said);
  const again = parseWhen(said, { now: NOW, zone: 'UTC' });
  expect(again.ok ? sayWhen(again, ES) : again.problem).toBe(said);
});

test.each([
  ['2 semanas', '2 semanas'],
  ['1 día', '1 día'],
  ['30 segundos', '30 segundos'],
  ['media hora', '30 minutos'],
  ['hora y media', '1 hora 30 minutos'],
  ['una hora y media', '1 hora 30 minutos'],
  ['día y medio', '1 día 12 horas'],
  ['2 horas y media hora', '2 horas 30 minutos'],
  ['1 día y media hora', '1 día 30 minutos'],
  ['1h30m', '1 hora 30 minutos'],
])('the span %s, too', (typed, said) => {
  const read = parseDuration(typed);
  expect(read.ok ? sayDuration(read.ms, ES) : read.problem).toBe(said);
});
