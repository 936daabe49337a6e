import { Select } from 'antd'
import { useWords } from '#portal/ui'
import { termWords } from '../../../../rules/term.ts'
import type { Words } from '../../../../runtime/words.ts'
import type { ClockRule } from '../../../definition.ts'
import type { Patch } from '../model/draft.ts'
import type { StatutoryTerm } from '../types.ts'
import { Labelled } from './labelled.tsx'

interface StatutoryInputProps {
  readonly terms: readonly StatutoryTerm[]
  readonly clock: ClockRule
  readonly set: (patch: Patch<ClockRule>) => void
  /** The clock over the whole matter also takes over by how much it may be extended. */
  readonly whole: boolean
}

/** Takes a term over from a law: limit, basis, how its last day counts; everything may be changed afterwards. */
export function StatutoryInput({ terms, clock, set, whole }: StatutoryInputProps) {
  const t = useWords()
  const chosen = terms.findIndex(({ limit, basis }) => limit === clock.limit && basis.zh === clock.basis?.zh)
  const take = ({ limit, basis, rollover, extension }: StatutoryTerm) =>
    set({
      limit,
      basis,
      rollover,
      ...(whole && extension
        ? { extension: { who: clock.extension?.who ?? { right: 'loops.supervise' }, by: extension } }
        : {}),
    })
  return (
    <Labelled
      label={{ zh: '法定时限', en: 'Term of a law' }}
      help={{ zh: '选定后自动填写时限和依据，仍可修改', en: 'Fills in limit and basis, which may still be changed' }}
    >
      {(id) => (
        <Select
          id={id}
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={t({ zh: '按法律法规选择', en: 'Choose by law' })}
          value={chosen < 0 ? null : chosen}
          onChange={(index) => index !== null && terms[index] && take(terms[index])}
          options={[...new Set(terms.map(({ law }) => t(law)))].map((law) => ({
            label: law,
            options: terms.flatMap((term, value) => (t(term.law) === law ? [{ value, label: t(labelOf(term)) }] : [])),
          }))}
        />
      )}
    </Labelled>
  )
}

function labelOf({ title, limit, toCheck }: StatutoryTerm): Words {
  const term = termWords(limit)
  return {
    zh: `${term.zh}：${title.zh}${toCheck ? '（条款待核实）' : ''}`,
    en: `${term.en}: ${title.en}${toCheck ? ' (to be checked)' : ''}`,
  }
}
