import { Type } from 'typebox'
import { wordsSchema } from '../schemas.ts'

/** Parts of the routes of the definition store. */
export const DESIGN_RIGHT = 'loops.define'
/** A definition or form values: any object; what is in it is checked by the engine. */
export const Body = Type.Unsafe<Readonly<Record<string, unknown>>>({ type: 'object', additionalProperties: true })
export const Version = Type.Union([Type.Integer({ minimum: 1 }), Type.Null()])
export const ById = Type.Object({ id: Type.String({ maxLength: 100 }) })
export const MistakeView = Type.Object({ at: Type.String(), message: wordsSchema })
export const Named = Type.Object({ id: Type.String(), title: wordsSchema })
