import { PageFrame, useMe } from '#portal/ui'

/** Where the day begins. */
export function Workbench() {
  const me = useMe()
  return <PageFrame title={{ zh: `${me.name}，您好`, en: `Good day, ${me.name}` }}>{null}</PageFrame>
}
