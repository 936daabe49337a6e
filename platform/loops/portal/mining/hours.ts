import type { Words } from '../../../runtime/words.ts'

const TWO_DAYS = 48

/** Hours as people say them: `12 分钟`, `5.2 小时`, from two days on `3.1 天`. */
export function hoursWords(hours: number | null): Words {
  if (hours === null) return { zh: '—', en: '—' }
  if (hours < 1) {
    const minutes = Math.max(1, Math.round(hours * 60))
    return { zh: `${minutes} 分钟`, en: `${minutes} min` }
  }
  const isLong = hours >= TWO_DAYS
  const n = (isLong ? hours / 24 : hours).toFixed(1).replace(/\.0$/, '')
  return isLong ? { zh: `${n} 天`, en: `${n} days` } : { zh: `${n} 小时`, en: `${n} hours` }
}
