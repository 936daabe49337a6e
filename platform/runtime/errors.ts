import { type Words, words } from './words.ts'

/** What is wrong with one place of an input; `path` is a JSON pointer such as `/rows/3/phone`. */
export interface Issue {
  readonly path: string
  readonly message: Words
}

/**
 * The closed family of errors that the product raises on purpose. `code` is stable and public, `status` is the HTTP
 * status, `message` says what was wrong and what to do. Anything else that is thrown is a defect and becomes a 500.
 */
export abstract class ProductError extends Error {
  abstract readonly status: number
  readonly code: string
  readonly words: Words
  readonly issues: readonly Issue[]

  constructor(code: string, message: Words, issues: readonly Issue[] = []) {
    super(`${code}: ${message.en}`)
    this.name = new.target.name
    this.code = code
    this.words = message
    this.issues = issues
  }
}

/** 422: the input was understood and is wrong; `issues` name each place. */
export class InvalidInput extends ProductError {
  readonly status = 422
}
/** 401 */
export class NotSignedIn extends ProductError {
  readonly status = 401
  constructor(code = 'not-signed-in', message = words('请先登录', 'Please sign in first')) {
    super(code, message)
  }
}
/** 403 */
export class Forbidden extends ProductError {
  readonly status = 403
  constructor(code = 'forbidden', message = words('您没有此项权限', 'You do not have the right to do this')) {
    super(code, message)
  }
}
/** 404; also for what exists and may not be known to exist. */
export class NotFound extends ProductError {
  readonly status = 404
  constructor(code = 'not-found', message = words('没有找到，或您无权查看', 'Not found, or not visible to you')) {
    super(code, message)
  }
}
/** 409: right in itself, but the state has moved on; reload and try again. */
export class Conflict extends ProductError {
  readonly status = 409
}
/** 410: was here and will not come back; the words say what there is instead. */
export class Gone extends ProductError {
  readonly status = 410
}
/** 413 */
export class TooLarge extends ProductError {
  readonly status = 413
}
/** 429: more than allowed; `retryAfter` in seconds. */
export class TooMany extends ProductError {
  readonly status = 429
  readonly retryAfter: number
  constructor(code: string, message: Words, retryAfter: number) {
    super(code, message)
    this.retryAfter = retryAfter
  }
}
/** 503: a part the product depends on is away (database, disk); trying later is right. */
export class Unavailable extends ProductError {
  readonly status = 503
}
/** Stops the start with one clear sentence: wrong setting, missing need, duplicate id, open route. */
export class StartError extends ProductError {
  readonly status = 500
  constructor(message: string) {
    super('start', words(message, message))
    this.message = message
  }
}
/** A broken promise inside the program; reported as 500 without its text. */
export class Defect extends ProductError {
  readonly status = 500
  constructor(message: string) {
    super('defect', words('系统内部错误，已记录', 'An internal error, it has been logged'))
    this.message = message
  }
}
