import { amountText } from '../../../ui/amount-format.ts'
import { Amount } from '../../../ui/Amount.tsx'
import { ExplanationTree } from '../../../ui/ExplanationTree.tsx'
import { Facts } from '../../../ui/Facts.tsx'
import { PlainTable } from '../../../ui/PlainTable.tsx'
import { useSettings } from '../../../ui/settings.ts'
import { usePick, useText } from '../../../ui/text.ts'
import { reasonText } from '../../pay-words.rules.ts'
import type { SupportTried } from '../../schemes/scheme-change.contract.ts'
import { tellSteps } from '../../statement/tell-statement.rules.ts'
import { explainTold } from '../explain-told.ts'
import { TypedGrid, type GridRow } from '../TypedGrid.tsx'
import type { SupportExampleDraft } from './support-draft.ts'
import { supportText } from './support-text.ts'

type NameOf = (code: string) => string
type Props = { example: SupportExampleDraft; departments: readonly string[]; nameOf: NameOf; withControl: boolean; onChange: (example: SupportExampleDraft) => void }

/** Grids for the figures of a month: what the front line was paid, the marks of the departments, their people. */
export function SupportInputs({ example, departments, nameOf, withControl, onChange }: Props) {
  const t = useText(supportText)
  const put = (patch: Partial<SupportExampleDraft>): void => onChange({ ...example, ...patch })
  const marked = departments.map((code): GridRow => ({ ...example.marks.find((row) => row['code'] === code), code, name: nameOf(code) }))
  return (
    <div className="yq-stack">
      <p className="yq-quiet">{t('exampleHint')}</p>
      <TypedGrid label={t('conditions')} columns={[{ key: 'month', title: t('month'), text: true }]} rows={[{ month: example.month }]} onChange={([row = {}]) => put({ month: row['month'] ?? '' })} />
      <TypedGrid label={t('frontLine')} columns={[{ key: 'unit', title: t('unit'), text: true }, { key: 'amount', title: t('amount') }]} rows={example.front} onChange={(front) => put({ front })} add={t('addRow')} />
      {departments.length > 0 && (
        <>
          <TypedGrid label={t('marks')} columns={[{ key: 'name', title: t('department'), fixed: true }, { key: 'answerOnTime', title: t('answerOnTime') }, { key: 'rightFirstTime', title: t('rightFirstTime') }, { key: 'disputesLost', title: t('disputesLost') }, { key: 'frontLineRating', title: t('frontLineRating') }]}
            rows={marked} onChange={(marks) => put({ marks })} />
          <TypedGrid label={t('people')} rows={example.people} onChange={(people) => put({ people })} add={t('addRow')}
            columns={[
              { key: 'name', title: t('person'), text: true }, { key: 'department', title: t('department'), options: departments.map((code) => ({ value: code, label: nameOf(code) })) }, { key: 'grade', title: t('grade'), text: true }, { key: 'mark', title: t('mark') }, { key: 'days', title: t('days') },
              { key: 'event', title: t('event'), options: (['RED', 'AMBER'] as const).map((value) => ({ value, label: t(value) })) },
            ]} />
        </>
      )}
      {withControl && <TypedGrid label={t('controlPeople')} columns={[{ key: 'name', title: t('person'), text: true }, { key: 'grade', title: t('grade'), text: true }, { key: 'score', title: t('quality') }]} rows={example.control} onChange={(control) => put({ control })} add={t('addRow')} />}
    </div>
  )
}

/** What a month would give: the pool, each department, each person with every step. */
export function SupportFound({ found, nameOf }: { found: SupportTried; nameOf: NameOf }) {
  const t = useText(supportText)
  const pick = usePick()
  const { language } = useSettings()
  const facts = [['total', found.frontLineFen], ['poolFound', found.poolFen], ['held', found.heldFen], ['unpaid', found.unpaidFen]] as const
  return (
    <div className="yq-stack">
      <Facts facts={facts.map(([key, fen]) => ({ label: t(key), value: <Amount fen={fen} unit="yuan" withUnit /> }))} />
      <PlainTable label={t('byDepartment')} stack="short" columns={[{ key: 'd', title: t('department') }, { key: 'a', title: t('pay'), right: true }, { key: 's', title: t('found'), right: true }, { key: 'h', title: t('held'), right: true }, { key: 'w', title: t('note') }]}
        rows={found.departments.map((one) => ({ key: one.code, cells: [nameOf(one.code), amountText(one.payFen, 'yuan'), one.score ?? '--', one.heldFen === '0' ? null : amountText(one.heldFen, 'yuan'), one.why === null ? null : reasonText(one.why, pick)] }))} />
      {found.people.length > 0 && <PlainTable label={t('people')} stack="short" columns={[{ key: 'p', title: t('person') }, { key: 'a', title: t('pay'), right: true }, { key: 'd', title: t('department') }]}
        rows={found.people.map((one, place) => ({ key: String(place), cells: [one.name, amountText(one.payFen, 'yuan'), one.department === null ? t('ofControl') : nameOf(one.department)] }))} />}
      {found.people.map((one, place) => {
        const told = tellSteps(one.steps, 'PAYABLE', language)
        return told && (
          <details key={`${place} ${one.name}`}>
            <summary>{t('steps', { name: one.name, amount: amountText(one.payFen, 'yuan') })}</summary>
            <ExplanationTree root={explainTold(told, null, String)} label={one.name} open={9} />
          </details>
        )
      })}
    </div>
  )
}
