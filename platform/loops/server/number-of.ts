import { NotFound } from '#runtime'

/** @throws NotFound for text that is no number of a matter */
export function numberOf(id: string): number {
  const number = /^\d{1,15}$/.test(id) ? Number(id) : 0
  if (number < 1) throw new NotFound()
  return number
}
