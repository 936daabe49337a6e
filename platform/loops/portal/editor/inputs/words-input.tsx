import { Button, Input } from 'antd'
import { useState } from 'react'
import { useLanguage, useWords } from '#portal/ui'
import type { Words } from '../../../../runtime/words.ts'
import { isDefault } from '../model/defaults.ts'
import { Labelled } from './labelled.tsx'

const HAN = /\p{Script=Han}/u

interface WordsInputProps {
  readonly label: Words
  readonly value: Words | undefined
  readonly onChange: (words: Words) => void
  readonly long?: true
  readonly help?: Words
}

/** A title in both languages; the other one is asked on demand and else the same as the reader's own. */
export function WordsInput({ label, value = { zh: '', en: '' }, onChange, long, help }: WordsInputProps) {
  const t = useWords()
  const { language } = useLanguage()
  const [isAsked, setAsked] = useState(false)
  const other = language === 'zh' ? 'en' : 'zh'
  const isSame = value[other] === value[language]
  // Chinese is not replaced by what somebody types who reads English.
  const follows = value[other] === '' || isDefault(value) || (isSame && (language === 'zh' || !HAN.test(value.zh)))
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
      {(follows || isSame) && !isAsked ? (
        <Button type="link" size="small" className="dz-more-words" onClick={() => setAsked(true)}>
          {t({ zh: `＋ 英文${label.zh}`, en: `+ ${label.en} in Chinese` })}
        </Button>
      ) : (
        <Labelled label={{ zh: `${label.zh}（英文，可不填）`, en: `${label.en} in Chinese (may stay empty)` }}>
          {(id) => (
            <Text
              id={id}
              maxLength={long ? 1000 : 200}
              lang={other}
              value={value[other] === value[language] ? '' : value[other]}
              onChange={({ target }) => onChange(pair(value[language], target.value || value[language]))}
            />
          )}
        </Labelled>
      )}
    </>
  )
}
