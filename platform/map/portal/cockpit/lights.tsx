import { useQuery } from '@tanstack/react-query'
import { api, LightTag, useLiveQueries, useWords } from '#portal/ui'
import type { Words } from '../../../runtime/words.ts'
import { Nothing } from './panel.tsx'

/** Matters of one kind in one county, as `GET /api/loops/statistics` tells them. */
interface Line {
  readonly definition: string
  readonly title: Words
  readonly open: number
  readonly overdue: number
  readonly ended: number
}

const AGAIN_MS = 60_000

/** Open matters by light, and each kind of matter with the overdue first. */
export function Lights() {
  const t = useWords()
  useLiveQueries(['loops.'], ['loops', 'statistics'])
  const { data } = useQuery({
    queryKey: ['loops', 'statistics', 'wall'],
    queryFn: () => api.get<Line[]>('/api/loops/statistics'),
    refetchInterval: AGAIN_MS,
    retry: false,
  })
  if (!data)
    return <Nothing>{t({ zh: '暂时读不到事项统计', en: 'The figures of matters cannot be read now' })}</Nothing>
  const overdue = sum(data, 'overdue')
  const kinds = [...Map.groupBy(data, ({ definition }) => definition).values()]
    .map((lines) => ({ title: lines[0]?.title, open: sum(lines, 'open'), overdue: sum(lines, 'overdue') }))
    .sort((a, b) => b.overdue - a.overdue || b.open - a.open)
  return (
    <>
      <ul className="wall-lights">
        <li>
          <LightTag light="red" />
          <b>{overdue}</b>
        </li>
        <li>
          <LightTag light="green" />
          <b>{sum(data, 'open') - overdue}</b>
        </li>
      </ul>
      {kinds.length > 0 && (
        <table className="wall-kinds">
          <thead>
            <tr>
              <th scope="col">{t({ zh: '事项', en: 'Matters' })}</th>
              <th scope="col">{t({ zh: '在办', en: 'Open' })}</th>
              <th scope="col">{t({ zh: '超期', en: 'Overdue' })}</th>
            </tr>
          </thead>
          <tbody>
            {kinds.map(({ title, open, overdue: late }) => (
              <tr key={title?.zh}>
                <td>{title && t(title)}</td>
                <td>{open}</td>
                <td>{late}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="wall-nothing">
        {t({ zh: `近 30 天办结 ${sum(data, 'ended')} 件`, en: `${sum(data, 'ended')} closed in the last 30 days` })}
      </p>
    </>
  )
}

const sum = (lines: readonly Line[], what: 'open' | 'overdue' | 'ended'): number =>
  lines.reduce((total, line) => total + line[what], 0)
