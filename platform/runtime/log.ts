import { type Logger, pino, stdSerializers } from 'pino'
import { isDatabaseAway, isDiskFull } from './database/away.ts'
import { Defect, ProductError } from './errors.ts'

/** The program's log: JSON lines on standard output. */
export const makeLog = (level: string): Logger =>
  pino({
    level,
    redact: ['password', '*.password', 'token', '*.token', 'headers.cookie', 'headers.authorization'],
    serializers: { err: (error: unknown) => (isExpected(error) ? inShort(error) : stdSerializers.err(error as Error)) },
  })

/** What was foreseen needs no stack: refusals, a database that is away, a full disk. Only a defect has to be traced. */
export const isExpected = (error: unknown): boolean =>
  (error instanceof ProductError && !(error instanceof Defect)) || isDatabaseAway(error) || isDiskFull(error)

function inShort(error: unknown) {
  const { name, code, message } = error as { name?: string; code?: string; message?: string }
  return { type: name, code, message }
}
