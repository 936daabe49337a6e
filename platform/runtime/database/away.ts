/** Codes and words by which the driver, the system and PostgreSQL say that the connection is gone or cannot be made. */
const AWAY =
  /ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|EPIPE|Connection terminated|Connection ended|not queryable|timeout exceeded when trying to connect|57P0[1235]/

/** Whether the database is out of reach at the moment: trying later is right, and nothing in the program is wrong. */
export function isDatabaseAway(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown }
  const named = String(code ?? '')
  return AWAY.test(named) || AWAY.test(String(message ?? '')) || /^08...$/.test(named)
}

/** Whether there is no room left, on this machine or on the database's. */
export const isDiskFull = (error: unknown): boolean =>
  ['53100', 'ENOSPC'].includes(String((error as { code?: unknown } | undefined)?.code))
