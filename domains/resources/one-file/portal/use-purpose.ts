import { useState } from 'react'

const KEY = 'daizong.purpose.one-file'

/** The purpose for which this person opens files, kept while the browser is open. */
export function usePurpose(): readonly [purpose: string, state: (purpose: string) => void] {
  const [purpose, setPurpose] = useState(() => sessionStorage.getItem(KEY) ?? '')
  const state = (next: string) => {
    sessionStorage.setItem(KEY, next)
    setPurpose(next)
  }
  return [purpose, state]
}
