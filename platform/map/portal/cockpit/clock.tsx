import { useEffect, useState } from 'react'
import { useLanguage } from '#portal/ui'

const ZONE = 'Asia/Shanghai'

/** The time in the city, to the second. */
export function Clock() {
  const { language } = useLanguage()
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const tick = setInterval(() => setNow(new Date()), 1_000)
    return () => clearInterval(tick)
  }, [])
  const locale = language === 'zh' ? 'zh-CN' : 'en-GB'
  const day = now.toLocaleDateString(locale, { timeZone: ZONE, dateStyle: 'full' })
  const time = now.toLocaleTimeString('en-GB', { timeZone: ZONE })
  return (
    <time className="dz-wall-clock" dateTime={now.toISOString()}>
      <span>{day}</span> <b>{time}</b>
    </time>
  )
}
