import { Type } from 'typebox'
import { type RulePack, rule } from '#platform/rules'
import { words } from '#runtime'

/** Measures of a page in millimetres, sizes of type in points. */
export interface PageTables {
  readonly paper: { readonly width: number; readonly height: number }
  readonly top: number
  readonly left: number
  readonly block: { readonly width: number; readonly height: number }
  readonly lines: number
  readonly characters: number
  /** Space between lines as a share of the height of a character. */
  readonly leading: number
  readonly type: { readonly head: number; readonly title: number; readonly body: number; readonly small: number }
  /** From the top edge of the paper to that of the issuer's name. */
  readonly headTop: { readonly letter: number; readonly document: number }
  /** From the issuer's name (letter) or the number (document) to the red rule. */
  readonly ruleBelow: number
  readonly rule: { readonly letter: number; readonly document: number }
  /** Second red rule of a letter, from the foot of the paper. */
  readonly footRule: number
  readonly red: string
}

export interface Page extends PageTables {
  readonly form: 'letter' | 'document'
  /** From one line of text to the next, millimetres. */
  readonly pitch: number
}

const pitchOf = ({ block, characters, leading }: PageTables): number => {
  const character = block.width / characters
  return Math.round(character * (1 + leading) * 1000) / 1000
}

/** GB/T 9704-2012: page of party and government documents, plain form and letter form. */
export const pagePack: RulePack<PageTables, { form: 'letter' | 'document' }> = {
  id: 'gbt9704-2012',
  title: words('党政机关公文格式', 'Page of party and government documents'),
  source: { document: 'GB/T 9704-2012', clause: '5, 7, 10.1' },
  locality: 'CN',
  validFrom: '2012-07-01',
  validTo: null,
  tables: {
    paper: { width: 210, height: 297 },
    top: 37,
    left: 28,
    block: { width: 156, height: 225 },
    lines: 22,
    characters: 28,
    leading: 7 / 8,
    type: { head: 36, title: 22, body: 16, small: 14 },
    headTop: { letter: 30, document: 72 },
    ruleBelow: 4,
    rule: { letter: 170, document: 156 },
    footRule: 20,
    red: '#e60000',
  },
  notes: [
    {
      text: words(
        '标准不规定发文机关标志的字号和红色色值，此处为本地取值。',
        "The standard fixes neither the size of the issuer's name nor the shade of red; both are local.",
      ),
      clause: '7.2.4',
      verified: false,
    },
  ],
  vectors: [
    {
      title: '156 mm over 28 characters, a line of 15/8 of one',
      facts: { form: 'letter' },
      expected: { form: 'letter', pitch: 10.446, lines: 22, footRule: 20 },
    },
    { title: 'plain document', facts: { form: 'document' }, expected: { form: 'document', top: 37, left: 28 } },
  ],
}

export const pageRule = rule({
  id: 'supervision.cloud.page',
  title: words('督办文书版面', 'Page of the letters of supervision'),
  facts: Type.Object({ form: Type.Enum(['letter', 'document'], { title: '信函或文件格式' }) }),
  result: Type.Object({ form: Type.String(), pitch: Type.Number() }, { additionalProperties: true }),
  packs: [pagePack],
  evaluate: (tables: PageTables, { form }) => {
    const pitch = pitchOf(tables)
    return {
      result: { ...tables, form, pitch },
      explanation: [words(`行距 ${pitch} 毫米`, `${pitch} mm from line to line`)],
    }
  },
})
