import { Radio } from 'antd'
import { Amount } from '../../../ui/Amount.tsx'
import { Block } from '../../../ui/Block.tsx'
import { Note } from '../../../ui/Note.tsx'
import { PlainTable } from '../../../ui/PlainTable.tsx'
import { usePhone } from '../../../ui/settings.ts'
import { Tag } from '../../../ui/Tag.tsx'
import { mark, usePick, useText } from '../../../ui/text.ts'
import type { MergeField, MergePreview } from '../../duplicates/duplicate.contract.ts'
import { customersText } from '../customers-text.ts'
import { duplicatesText, fieldWords, signWords } from './duplicates-text.ts'

/** Both sides, the values that stay, what goes over, whose it is from then on: of a preview and of a case. `choose` is absent where nothing is chosen any more. */
export function MergeParts({ preview, choices, choose }: { preview: MergePreview; choices: readonly MergeField[]; choose?: (choices: MergeField[]) => void }) {
  const t = useText(duplicatesText)
  const name = useText(customersText)
  const pick = usePick()
  const phone = usePhone()
  const { survivor, other } = preview
  const managers = (side: MergePreview['survivor']): string => side.managers.map((one) => `${one.name} ${one.sharePct.replace(/\.?0+$/, '')}%`).join('、') || '--'
  const documents = (side: MergePreview['survivor']): string => side.identities.map((one) => { const [kind = '', masked = ''] = one.split(' '); return `${kind in customersText ? name(kind as 'USCC') : kind} ${masked}` }).join('、') || '--'
  const rows: [string, React.ReactNode, React.ReactNode][] = [
    // at the desk the names head their columns
    ...(phone ? [[t('customerName'), survivor.name, other.name] as [string, string, string]] : []),
    [t('customerNumber'), survivor.number, other.number], [t('outlet'), survivor.outletName, other.outletName], [t('managers'), managers(survivor), managers(other)], [t('identities'), documents(survivor), documents(other)],
    [t('phones'), survivor.phones.join(mark('、')) || '--', other.phones.join(mark('、')) || '--'], [t('openedOn'), survivor.openedOn ?? '--', other.openedOn ?? '--'],
    [t('deposits'), <Amount key="s" fen={survivor.depositFen} />, <Amount key="o" fen={other.depositFen} />], [t('loans'), <Amount key="s" fen={survivor.loanFen} />, <Amount key="o" fen={other.loanFen} />],
  ]
  const shown = (value: string | null): string => (value === null || value === '' ? '--' : value)
  const toggle = (field: MergeField, side: 'survivor' | 'other'): void => choose?.(side === 'other' ? [...choices.filter((one) => one !== field), field] : choices.filter((one) => one !== field))
  return (
    <>
      <Block title={t('sides')} actions={preview.level === null ? undefined : <Tag tone={preview.level === 'CERTAIN' ? 'orange' : 'yellow'}>{t(preview.level)}</Tag>} flush>
        <PlainTable stack label={t('sides')} columns={[{ key: 'what', title: '' }, { key: 'survivor', title: phone ? t('survivor') : `${t('survivor')}${mark('：')}${survivor.name}` }, { key: 'other', title: phone ? t('alias') : `${t('alias')}${mark('：')}${other.name}` }]} rows={rows.map(([what, mine, theirs]) => ({ key: what, cells: [what, mine, theirs] }))} />
        {preview.signs.length > 0 && <div style={{ padding: '8px 16px' }} className="yq-quiet">{t('signs')}{mark('：')}{preview.signs.map((sign) => pick(signWords[sign] ?? { zh: sign, en: sign })).join(mark('、'))}</div>}
      </Block>
      <Block title={t('fieldsTitle')} flush>
        <PlainTable
          stack label={t('fieldsTitle')} columns={[{ key: 'field', title: t('field') }, { key: 'survivor', title: t('survivor') }, { key: 'other', title: t('alias') }, { key: 'kept', title: t('kept') }]}
          rows={preview.fields.map((one) => {
            const word = pick(fieldWords[one.field] ?? { zh: one.field, en: one.field })
            const kept = choose ? (one.other !== null && one.other !== '' && (one.survivor === null || one.survivor === '' || choices.includes(one.field)) ? 'other' : 'survivor') : one.kept
            return {
              key: one.field,
              cells: [
                <span key="f">{word} {one.conflict && <Tag tone="warning">{t('conflict')}</Tag>}</span>, kept === 'survivor' ? <strong key="s">{shown(one.survivor)}</strong> : shown(one.survivor), kept === 'other' ? <strong key="o">{shown(one.other)}</strong> : shown(one.other),
                choose && one.conflict
                  ? <Radio.Group key="r" name={`keep-${one.field}`} aria-label={t('chooseFor', { field: word })} value={kept} onChange={(event) => toggle(one.field, event.target.value as 'survivor' | 'other')} options={[{ value: 'survivor', label: t('survivor') }, { value: 'other', label: t('alias') }]} />
                  : t(kept === 'survivor' ? 'survivor' : 'alias'),
              ],
            }
          })}
        />
      </Block>
      <Block title={t('movesTitle')} flush>
        {preview.moves.length === 0 ? <div style={{ padding: 16 }}>{t('nothingMoves')}</div> : (
          <PlainTable label={t('movesTitle')} columns={[{ key: 'table', title: t('table') }, { key: 'count', title: t('count'), right: true }]} rows={preview.moves.map((one) => ({ key: one.table, cells: [pick({ zh: one.zh, en: one.en }), <span key="n" className="yq-num">{one.count.toLocaleString('en-US')}</span>] }))} />
        )}
        <div style={{ padding: '8px 16px' }} className="yq-quiet">{t('movesHint')}</div>
      </Block>
      <Block title={t('ownership')}>
        <Note tone="info">{t('ownershipHint', { day: preview.payFrom })}</Note>
        <p style={{ margin: '8px 0 0' }}>{t('undoHint', { n: preview.undoDays })}</p>
      </Block>
    </>
  )
}
