import { Input } from 'antd'
import { useLanguage } from '#portal/ui'
import type { Words } from '../../../../runtime/words.ts'
import { Labelled } from './labelled.tsx'

interface WordsInputProps {
  readonly label: Words
  readonly value: Words | undefined
  readonly onChange: (words: Words) => void
  readonly long?: true
  readonly help?: Words
}

/** A title in both languages; the one that is left empty is the same as the reader's own. */
export function WordsInput({ label, value = { zh: '', en: '' }, onChange, long, help }: WordsInputProps) {
  const { language } = useLanguage()
  const other = language === 'zh' ? 'en' : 'zh'
  const follows = value[other] === '' || value[other] === value[language]
  const pair = (own: string, second: string): Words =>
    language === 'zh' ? { zh: own, en: second } : { zh: second, en: own }
  const Text = long ? Input.TextArea : Input
  return (
    <>
      <Labelled label={label} {...(help ? { help } : {})}>
        {(id) => (
          <Text
            id={id}
            maxLength={long ? 1000 : 100}
            value={value[language]}
            onChange={({ target }) => onChange(pair(target.value, follows ? target.value : value[other]))}
          />
        )}
      </Labelled>
      <Labelled label={{ zh: `${label.zh}（英文，可不填）`, en: `${label.en} in Chinese (may stay empty)` }}>
        {(id) => (
          <Text
            id={id}
            maxLength={long ? 1000 : 200}
            value={follows ? '' : value[other]}
            onChange={({ target }) => onChange(pair(value[language], target.value || value[language]))}
          />
        )}
      </Labelled>
    </>
  )
}
