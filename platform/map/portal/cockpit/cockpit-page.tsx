import { useState } from 'react'
import { DataState, PageLink, useWords, WallAppearance } from '#portal/ui'
import { CityMap } from '../city-map.tsx'
import { Clock } from './clock.tsx'
import './cockpit.css'
import { Headlines } from './headlines.tsx'
import { Lights } from './lights.tsx'
import { Nothing, Panel } from './panel.tsx'
import { Ranking } from './ranking.tsx'
import { Trend } from './trend.tsx'
import { useCockpit } from './use-cockpit.ts'
import { Warnings } from './warnings.tsx'

const TITLE = { zh: '泰安城市运行驾驶舱', en: "Tai'an city cockpit" }

/** The wall: live map in the middle, numbers, warnings, loops, trend and ranking around it; nothing to scroll. */
export function CockpitPage() {
  const t = useWords()
  return (
    <WallAppearance>
      <main className="wall">
        <title>{t(TITLE)}</title>
        <header>
          <PageLink to="/">{t({ zh: '返回工作台', en: 'Back to the workbench' })}</PageLink>
          <h1>{t(TITLE)}</h1>
          <Clock />
        </header>
        <Wall />
      </main>
    </WallAppearance>
  )
}

function Wall() {
  const t = useWords()
  const query = useCockpit()
  const [chosen, setChosen] = useState<string>()
  return (
    <DataState query={query} isEmpty={() => false}>
      {({ measures, warnings }) => {
        const measure = measures.find(({ id }) => id === chosen) ?? measures[0]
        const none = <Nothing>{t({ zh: '还没有指标数值', en: 'No indicator has a value yet' })}</Nothing>
        return (
          <div className="wall-grid">
            <div className="wall-side">
              <Panel title={{ zh: '当前预警', en: 'Warnings now' }} extra={<span>{warnings.length}</span>}>
                <Warnings warnings={warnings} />
              </Panel>
              <Panel title={{ zh: '事项办理', en: 'Matters in hand' }}>
                <Lights />
              </Panel>
            </div>
            <div className="wall-middle">
              {measures.length > 0 && <Headlines measures={measures} chosen={measure?.id} onChoose={setChosen} />}
              <div className="wall-map">
                <CityMap still height="100%" />
              </div>
            </div>
            <div className="wall-side">
              <Panel title={measure ? { zh: `走势 · ${measure.title.zh}`, en: `Trend · ${measure.title.en}` } : TREND}>
                {measure ? <Trend measure={measure} /> : none}
              </Panel>
              <Panel
                title={measure ? { zh: `排名 · ${measure.title.zh}`, en: `Ranking · ${measure.title.en}` } : RANKING}
              >
                {measure ? <Ranking measure={measure} /> : none}
              </Panel>
            </div>
          </div>
        )
      }}
    </DataState>
  )
}

const TREND = { zh: '走势', en: 'Trend' }
const RANKING = { zh: '排名', en: 'Ranking' }
