import { useQuery } from '@tanstack/react-query'
import { api, type Light, LightTag, useLiveQueries, useWords } from '#portal/ui'
import { Nothing } from './panel.tsx'

interface Statistics {
  /** Open matters by the light of their clock. */
  readonly lights: Readonly<Record<Light, number>>
}

const LIGHTS: readonly Light[] = ['red', 'yellow', 'green', 'grey']

/** Open matters by light, the overdue first. */
export function Lights() {
  const t = useWords()
  useLiveQueries(['loops.'], ['loops', 'statistics'])
  const { data } = useQuery({
    queryKey: ['loops', 'statistics'],
    queryFn: () => api.get<Statistics>('/api/loops/statistics'),
    refetchInterval: 60_000,
    retry: false,
  })
  if (!data)
    return <Nothing>{t({ zh: '暂时读不到事项统计', en: 'The figures of matters cannot be read now' })}</Nothing>
  return (
    <ul className="wall-lights">
      {LIGHTS.map((light) => (
        <li key={light}>
          <LightTag light={light} />
          <b>{data.lights[light]}</b>
        </li>
      ))}
    </ul>
  )
}
