import { Type } from '@sinclair/typebox';
import { defineAction } from '../action.ts';

/** A warning: a case, and a message to the member. */
export default defineAction({ data: Type.Object({}), ofMember: true, inTurn: false });
