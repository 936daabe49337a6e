import { hash, verify } from '@node-rs/argon2'
import { InvalidInput, words } from '#runtime'

/** argon2id, 19 MiB, two passes, one lane: the first choice of the OWASP password storage cheat sheet. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
/** GB/T 22239-2019 8.1.4.1 a) asks for complexity and leaves the numbers to the operator; these are this product's. */
const LEAST_LENGTH = 10
const LEAST_CLASSES = 3
const CLASSES = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/]

/** @throws InvalidInput when it is too weak */
export function checkPassword(password: string, account: string): void {
  const classes = CLASSES.filter((pattern) => pattern.test(password)).length
  const isLong = password.length >= LEAST_LENGTH && password.length <= 200
  const holdsAccount = password.toLowerCase().includes(account.toLowerCase())
  if (isLong && classes >= LEAST_CLASSES && !holdsAccount) return
  const message = words(
    `密码至少 ${LEAST_LENGTH} 位，含大写、小写、数字、符号中的 ${LEAST_CLASSES} 类，且不含账号`,
    `At least ${LEAST_LENGTH} characters with ${LEAST_CLASSES} of capitals, small letters, digits and signs, and without the account`,
  )
  throw new InvalidInput('weak-password', message, [{ path: '/password', message }])
}

export const hashPassword = (password: string): Promise<string> => hash(password, COST)

/** Takes as long for an account that does not exist as for one that does. */
export async function isPassword(stored: string | null | undefined, entered: string): Promise<boolean> {
  const matches = await verify(stored ?? (await decoy()), entered.slice(0, 200))
  return matches && !!stored
}

let made: Promise<string> | undefined
function decoy(): Promise<string> {
  made ??= hashPassword('nobody has this password')
  return made
}
