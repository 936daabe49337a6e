/** An organisation as a report may name it. */
export interface NamedUnit {
  readonly id: string
  readonly name: string
  readonly short: string
}

export interface UnitsFound {
  readonly lead: readonly string[]
  readonly joint: readonly string[]
  /** Names that belong to no organisation. */
  readonly unknown: readonly string[]
  /** The text without the bracket that named them. */
  readonly rest: string
}

const BRACKET =
  /[（(【]([^（()）【】]*(?:（[^（）]*）[^（()）【】]*)*?(?:牵头|责任|配合|负责|主办|协办)[^（()）【】]*(?:（[^（）]*）[^（()）【】]*)*)[）)】]/g
const LEAD = /^(?:牵头(?:责任)?(?:单位|部门)?|责任(?:单位|部门)|主办单位)[:：]/
const JOINT = /^(?:配合(?:单位|部门)?|协办(?:单位)?|参与单位|参加单位)[:：]/
const EVERY_COUNTY =
  /^(?:各|有关|相关)?(?:县|区|市)[（(]?[、市区县]*[）)]?(?:党委|人民)?(?:政府)?$|^各县[、（(]?市[、]?区[）)]?(?:人民)?(?:政府)?$/

/** Reads brackets such as `（牵头单位：市工信局；配合单位：市财政局）` and `（市教育局牵头，市财政局配合）`. */
export function unitsIn(text: string, known: readonly NamedUnit[], counties: readonly string[]): UnitsFound {
  const [lead, joint, unknown]: [string[], string[], string[]] = [[], [], []]
  const take = (names: string, into: string[]): void => {
    for (const name of splitNames(names)) {
      if (EVERY_COUNTY.test(name)) into.push(...counties)
      else {
        const unit = findUnit(name, known)
        if (unit) into.push(unit)
        else unknown.push(name)
      }
    }
  }
  const rest = text.replace(BRACKET, (_, inside: string) => {
    let into = lead
    for (const part of inside.split(/[；;。]|[，,](?=[^，,]*(?:牵头|配合|负责))/).map((each) => each.trim())) {
      if (part === '') continue
      if (LEAD.test(part)) into = lead
      else if (JOINT.test(part)) into = joint
      else if (/配合$|参与$|协办$/.test(part)) into = joint
      else if (/牵头$|负责$/.test(part)) into = lead
      const names = part
        .replace(LEAD, '')
        .replace(JOINT, '')
        .replace(/(?:牵头(?:负责)?|分工负责|按职责分工负责|负责|配合|参与|协办)$/, '')
      take(names, into)
    }
    return ''
  })
  const leads = [...new Set(lead)]
  return {
    lead: leads,
    joint: [...new Set(joint)].filter((id) => !leads.includes(id)),
    unknown: [...new Set(unknown)],
    rest,
  }
}

/** Names stand between 、 and ，; 各县（市、区） is one of them. */
const splitNames = (names: string): string[] =>
  names
    .replace(/各?县[（(]?市?、?区[）)]?/g, '各县市区')
    .replace(/各县、市、区/g, '各县市区')
    .split(/[、，,]/)
    .map((name) => name.trim().replace(/等$/, ''))
    .filter((name) => name !== '')

function findUnit(name: string, known: readonly NamedUnit[]): string | undefined {
  const wanted = plain(name)
  const exact = known.find((unit) => plain(unit.name) === wanted || plain(unit.short) === wanted)
  if (exact) return exact.id
  const shortened = known.filter(({ name: full, short }) =>
    [full, short].some((each) => isShortOf(wanted, plain(each))),
  )
  return shortened.length === 1 ? shortened[0]?.id : undefined
}

const plain = (name: string): string =>
  name
    .replace(/[\s（）()]/g, '')
    .replace(/^泰安市(?=.)/, '市')
    .replace(/人民政府/g, '政府')

/** 市工信局 is short for 市工业和信息化局: same first and last sign, every sign there in order. */
function isShortOf(short: string, full: string): boolean {
  if (short.length < 4 || short[0] !== full[0] || short.at(-1) !== full.at(-1)) return false
  let at = 0
  for (const sign of full) if (sign === short[at]) at++
  return at === short.length
}
