import { Type } from '@sinclair/typebox';
import { defineAction } from '../action.ts';

/** Something to remember of a person. It is done to nobody, and nobody is told. */
export default defineAction({ data: Type.Object({}), tells: false, inTurn: false, toAnybody: true });
