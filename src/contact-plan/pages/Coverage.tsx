import { DatePicker, Segmented } from 'antd'
import dayjs from 'dayjs'
import { Link, useSearchParams } from 'react-router'
import { Block } from '../../ui/Block.tsx'
import { useContract } from '../../ui/client.ts'
import { DateText } from '../../ui/DateText.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { isNotFound } from '../../ui/ErrorState.tsx'
import { KeyFigures } from '../../ui/KeyFigures.tsx'
import { Meter } from '../../ui/Meter.tsx'
import { NotFound } from '../../ui/NotFound.tsx'
import { Note } from '../../ui/Note.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { useText } from '../../ui/text.ts'
import { useBank } from '../../ui/UiProvider.tsx'
import { getCoverage, listCoverageDuties, type CoverageFigures, type CoverageGroup, type DutyState } from '../coverage.contract.ts'
import { coverageText } from './coverage-text.ts'

const ratioOf = (percent: string | null): string | null => (percent === null ? null : String(Number(percent) / 100))

/** How many core customers were contacted, by whom and where, down to the contact. Month, grouping and what is opened stand in the address. */
export default function Coverage() {
  const [search, setSearch] = useSearchParams()
  const { today } = useBank()
  const month = search.get('month') ?? today.slice(0, 7)
  const manager = search.get('manager')
  const asOf = search.get('asOf')
  const put = (patch: Record<string, string | null>): void => {
    const next = new URLSearchParams(search)
    for (const [name, value] of Object.entries(patch)) value === null ? next.delete(name) : next.set(name, value)
    setSearch(next)
  }
  return manager === null
    ? <Sums month={month} asOf={asOf} by={search.get('by')} unit={search.get('unit')} put={put} />
    : <Customers month={month} asOf={asOf} staffKey={Number(manager)} back={`?${new URLSearchParams([...search].filter(([name]) => name !== 'manager')).toString()}`} />
}

function MonthPicker({ month, put }: { month: string; put: (patch: Record<string, string | null>) => void }) {
  const t = useText(coverageText)
  const { today } = useBank()
  return <DatePicker picker="month" format="YYYY-MM" aria-label={t('month')} value={dayjs(`${month}-01`)} maxDate={dayjs(today)} allowClear={false} onChange={(value) => value && put({ month: value.format('YYYY-MM'), asOf: null })} />
}

/** The end of which past day is shown; empty: now. */
function DayPicker({ month, asOf, put }: { month: string; asOf: string | null; put: (patch: Record<string, string | null>) => void }) {
  const t = useText(coverageText)
  const { today } = useBank()
  return (
    <DatePicker
      format="YYYY-MM-DD" aria-label={t('asOf')} placeholder={t('asOf')} value={asOf === null ? null : dayjs(asOf)} minDate={dayjs(`${month}-01`)} maxDate={dayjs(today).subtract(1, 'day')} allowClear
      onChange={(value) => put({ asOf: value === null ? null : value.format('YYYY-MM-DD') })}
    />
  )
}

/** The four figures of a coverage. */
export function CoverageKeyFigures({ total }: { total: CoverageFigures }) {
  const t = useText(coverageText)
  return (
    <KeyFigures figures={[
      { label: t('coverage'), value: total.coveragePct === null ? t('noDuty') : `${total.coveragePct}%`, note: <Meter ratio={ratioOf(total.coveragePct)} /> },
      { label: t('duties'), value: total.duties },
      { label: t('open'), value: total.duties - total.met },
      { label: t('late'), value: total.late, note: total.latePct === null ? undefined : `${t('lateShare')} ${total.latePct}%` },
    ]} />
  )
}

function Sums({ month, asOf, by, unit, put }: { month: string; asOf: string | null; by: string | null; unit: string | null; put: (patch: Record<string, string | null>) => void }) {
  const t = useText(coverageText)
  const { data, error, refetch, isFetching } = useContract(getCoverage, { query: { month, ...(asOf === null ? {} : { asOf }), ...(by === null ? {} : { by: by as CoverageGroup }), ...(unit === null ? {} : { unitKey: unit }) } })
  if (isNotFound(error)) return <NotFound />
  const rows = data?.rows ?? []
  // the next level down: a branch opens its outlets, an outlet its managers
  const opens = (key: number | null): string | null => {
    if (data === undefined || key === null) return null
    const next = new URLSearchParams({ month, ...(asOf === null ? {} : { asOf }) })
    if (data.by === 'MANAGER') next.set('manager', String(key))
    else {
      next.set('unit', String(key))
      next.set('by', data.by === 'OUTLET' || !data.groups.includes('OUTLET') ? 'MANAGER' : 'OUTLET')
    }
    if (data.by === 'MANAGER' && by !== null) next.set('by', by)
    if (data.by === 'MANAGER' && unit !== null) next.set('unit', unit)
    return `/coverage?${next.toString()}`
  }
  return (
    <Page>
      <PageHeader
        title={data?.unitName ? `${t('title')} · ${data.unitName}` : t('title')} crumbs={unit === null ? [] : [{ title: t('back'), to: `/coverage?month=${month}${asOf === null ? '' : `&asOf=${asOf}`}` }]}
        sub={data && t('rule', { first: data.firstDay, last: data.lastDay })}
        actions={
          <>
            <MonthPicker month={month} put={put} />
            <DayPicker month={month} asOf={asOf} put={put} />
            {data && data.groups.length > 1 && <Segmented aria-label={t('by')} value={data.by} options={data.groups.map((group) => ({ value: group, label: t(group) }))} onChange={(value) => put({ by: value })} />}
          </>
        }
      />
      <Block title={t('finding', { month })} asOf={data?.asOf} loading={!data} error={error} onRetry={() => void refetch()} updating={isFetching && data !== undefined}>
        {data && (data.total.duties === 0 ? <EmptyState title={t('none')} /> : (
          <div className="yq-stack">
            {asOf !== null && <Note>{t('ledger', { day: asOf })}</Note>}
            <CoverageKeyFigures total={data.total} />
            <PlainTable
              label={t('title')}
              columns={[{ key: 'name', title: t(data.by) }, { key: 'pct', title: t('coverage'), right: true }, { key: 'bar', title: <span className="yq-sr">{t('coverage')}</span> }, { key: 'duties', title: t('duties'), right: true }, { key: 'met', title: t('met'), right: true }, { key: 'late', title: t('late'), right: true },
                ...(rows.some((row) => row.unitName !== null) ? [{ key: 'unit', title: t('unit') }] : [])]}
              rows={rows.map((row) => {
                const to = opens(row.key)
                const name = row.name ?? t('nobody')
                return {
                  key: String(row.key),
                  cells: [
                    to === null ? name : <Link to={to}>{name}</Link>, row.coveragePct === null ? t('noDuty') : `${row.coveragePct}%`, <div key="bar" style={{ width: 80 }}><Meter ratio={ratioOf(row.coveragePct)} /></div>, row.duties, row.met, row.late,
                    ...(rows.some((one) => one.unitName !== null) ? [row.unitName ?? '--'] : []),
                  ],
                }
              })}
            />
          </div>
        ))}
      </Block>
    </Page>
  )
}

/** The state of a duty as a word with a sign. */
export function DutyTag({ state }: { state: DutyState }) {
  const t = useText(coverageText)
  if (state === 'OPEN') return <Tag tone="yellow" icon="■">{t('OPEN')}</Tag>
  return state === 'LATE' ? <Tag tone="info" icon="●">{t('LATE')}</Tag> : <Tag tone="success" icon="✓">{t('MET')}</Tag>
}

function Customers({ month, asOf, staffKey, back }: { month: string; asOf: string | null; staffKey: number; back: string }) {
  const t = useText(coverageText)
  const { data, error, refetch } = useContract(listCoverageDuties, { params: { staffKey }, query: { month, ...(asOf === null ? {} : { asOf }) } })
  if (isNotFound(error)) return <NotFound />
  return (
    <Page>
      <PageHeader title={data ? t('customers', { name: data.manager.name }) : t('title')} crumbs={[{ title: t('title'), to: `/coverage${back}` }]} sub={data && `${month}${data.manager.unitName === null ? '' : ` · ${data.manager.unitName}`}`} />
      <Block title={t('finding', { month })} asOf={data?.asOf} loading={!data} error={error} onRetry={() => void refetch()}>
        {data && (
          <div className="yq-stack">
            {asOf !== null && <Note>{t('ledger', { day: asOf })}</Note>}
            <CoverageKeyFigures total={data.total} />
            {data.items.length > 0 && (
              <PlainTable
                label={t('customers', { name: data.manager.name })}
                columns={[{ key: 'name', title: t('customer') }, { key: 'state', title: t('state') }, { key: 'contact', title: t('contact') }, { key: 'by', title: t('contactBy') }]}
                rows={data.items.map((item) => ({
                  key: item.customerId,
                  cells: [
                    <Link key="name" className="yq-name" to={`/customers/${item.customerId}`}>{item.name}</Link>, <DutyTag key="state" state={item.state} />,
                    item.contactId === null ? '--' : <Link key="contact" to={`/customers/${item.customerId}/contacts/${item.contactId}`}><DateText date={item.contactDate} /></Link>, item.contactBy ?? '--',
                  ],
                }))}
              />
            )}
            {data.hidden > 0 && <Note>{t('hidden', { n: data.hidden })}</Note>}
            {data.total.duties === 0 && <EmptyState title={t('none')} />}
          </div>
        )}
      </Block>
    </Page>
  )
}
