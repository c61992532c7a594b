import { Type } from '@sinclair/typebox';
import { defineAction } from '../action.ts';

/** An emoji was deleted in Discord itself: there is nothing to do, only to know. */
export default defineAction({ data: Type.Object({}), ofPerson: false, tells: false, inTurn: false });
