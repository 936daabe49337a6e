import type { ColumnProfile } from '#platform/registry'
import { type Words, words } from '#runtime'
import type { DriftFinding } from '../../run.ts'
import { THRESHOLDS } from './thresholds.ts'

/** Whether the signs of a column are what they say they are. */
export function encodingFindings({ name, filled, garbled, misread }: ColumnProfile): DriftFinding[] {
  const say = (message: Words): DriftFinding => ({ kind: 'encoding', column: name, halts: true, message })
  if (filled > 0 && garbled / filled > THRESHOLDS.garbled)
    return [
      say(
        words(
          `列“${name}”有 ${garbled} 个单元格含有无法识别的字符，文件的编码与内容不符`,
          `${garbled} cells of the column "${name}" hold signs that cannot be read; the file is not in the encoding it seems to be`,
        ),
      ),
    ]
  if (misread > THRESHOLDS.misread)
    return [
      say(
        words(
          `列“${name}”是乱码：原文是 UTF-8，曾被按 GBK 打开后另存`,
          `The column "${name}" is garbled: it was UTF-8, opened as GBK and saved so`,
        ),
      ),
    ]
  return []
}
