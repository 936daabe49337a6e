import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { isDatabaseAway, isDiskFull } from '../database/away.ts'
import { InvalidInput, type Issue, ProductError, TooMany, Unavailable } from '../errors.ts'
import { messageOf } from '../issue-words.ts'
import { type Language, preferredLanguage, words } from '../words.ts'

/** RFC 9457 body. `title` speaks the caller's language; `code` is stable. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: string
  readonly issues?: readonly { readonly path: string; readonly message: string }[]
}

/** When to come again, if a part of the program is away. */
const RETRY_SECONDS = 2

/** The one translator from thrown errors to answers; what it does not know becomes a 500 without its text. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = translate(error)
  if (error instanceof Unavailable) request.log.debug({ code: error.code }, 'call put off')
  else if (known instanceof Unavailable) request.log.warn({ err: error, code: known.code }, 'call put off')
  else if (!known || known.status >= 500) request.log.error({ err: error }, 'call failed')
  if (known instanceof TooMany) reply.header('retry-after', known.retryAfter)
  if (known instanceof Unavailable) reply.header('retry-after', RETRY_SECONDS)
  const language = preferredLanguage(request.headers['accept-language'])
  return reply
    .code(known?.status ?? 500)
    .type('application/problem+json')
    .send(JSON.stringify(known ? problemOf(known, language) : problemOf(internal, language)))
}

const internal = {
  code: 'internal',
  status: 500,
  issues: [],
  words: words('系统内部错误，已记录，请稍后再试', 'An internal error, it has been logged; please try again later'),
}

function problemOf(error: Pick<ProductError, 'code' | 'status' | 'words' | 'issues'>, language: Language): Problem {
  const issues = error.issues.map((issue) => ({ path: issue.path, message: issue.message[language] }))
  return {
    type: `/problems/${error.code}`,
    title: error.words[language],
    status: error.status,
    code: error.code,
    ...(issues.length > 0 ? { issues } : {}),
  }
}

function translate(error: unknown): ProductError | undefined {
  if (error instanceof ProductError) return error
  const fastify = error as FastifyError
  if (fastify.validation)
    return new InvalidInput(
      'invalid-input',
      words('填写的内容有误，请更正后重试', 'Some of the input is wrong; correct it and try again'),
      fastify.validation.map(issueOf),
    )
  if (isDatabaseAway(error))
    return new Unavailable(
      'database-away',
      words(
        '数据库暂时无法连接，请稍后再试，您的输入没有丢失',
        'The database cannot be reached at the moment; try again soon, nothing you entered is lost',
      ),
    )
  if (isDiskFull(error))
    return new Unavailable(
      'disk-full',
      words(
        '存储空间不足，暂时不能保存，请联系管理员',
        'The disk is full, nothing can be saved now; call the administrator',
      ),
    )
  if (fastify.statusCode && fastify.statusCode < 500) return new ClientFault(fastify)
  return undefined
}

class ClientFault extends ProductError {
  readonly status: number
  constructor(error: FastifyError) {
    super('bad-request', words('请求有误，服务器无法理解', `The request cannot be understood: ${error.message}`))
    this.status = error.statusCode ?? 400
  }
}

type Violation = NonNullable<FastifyError['validation']>[number]

function issueOf(violation: Violation): Issue {
  const { keyword, params, instancePath } = violation
  const missing = keyword === 'required' ? `/${String(params.missingProperty)}` : ''
  return { path: `${instancePath}${missing}`, message: messageOf(keyword, params, violation.message ?? '') }
}
