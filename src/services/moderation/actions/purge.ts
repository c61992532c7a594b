import { Type } from '@sinclair/typebox';
import { defineAction } from '../action.ts';

/** Deletes many messages of a channel. Whoever orders it does it, step by step, and settles the case. */
export default defineAction({ data: Type.Object({}), ofPerson: false, tells: false, inTurn: false });
