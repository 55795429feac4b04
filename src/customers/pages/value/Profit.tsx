import { Button, Segmented, Select } from 'antd'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { monthEnd } from '../../../foundation/values/business-date.ts'
import { Amount } from '../../../ui/Amount.tsx'
import { unitFor, unitName } from '../../../ui/amount-format.ts'
import { Block } from '../../../ui/Block.tsx'
import { Change } from '../../../ui/Change.tsx'
import { download, useContract } from '../../../ui/client.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { isNotFound } from '../../../ui/ErrorState.tsx'
import { KeyFigures } from '../../../ui/KeyFigures.tsx'
import { NotFound } from '../../../ui/NotFound.tsx'
import { Note } from '../../../ui/Note.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { Figure } from '../../../ui/Percent.tsx'
import { PlainTable } from '../../../ui/PlainTable.tsx'
import { useSettings } from '../../../ui/settings.ts'
import { aside, type Say, usePick, useText } from '../../../ui/text.ts'
import { useBank } from '../../../ui/UiProvider.tsx'
import { useWho } from '../../../ui/who.ts'
import { profitShares } from '../../value/profit.rules.ts'
import { exportProfit, getProfitView, listProfitCustomers, profitGroups, type ProfitQuery, type ProfitView } from '../../value/profit.contract.ts'
import { profitText } from './profit-text.ts'
import { PurposeDrawer } from '../../../ui/PurposeDrawer.tsx'

const missingName = (code: string, t: Say<typeof profitText>): string => (code === 'BILLS' || code === 'WEALTH_FEES' || code === 'FEES' ? t(code) : code)

/** What the address narrows the page to. */
function queryOf(search: URLSearchParams): ProfitQuery {
  const [by, month, part] = [profitGroups.find((group) => group === search.get('by')), search.get('month'), search.get('part')]
  const number = (name: string): number | undefined => (/^\d+$/.test(search.get(name) ?? '') ? Number(search.get(name)) : undefined)
  const [place, staff] = [number('place'), number('staff')]
  return { ...(by === undefined ? {} : { by }), ...(month === null ? {} : { month }), ...(part === null ? {} : { part }), ...(place === undefined ? {} : { place }), ...(staff === undefined ? {} : { staff }) }
}

/** What one's scope earned in a month, by product, outlet or manager, down to the customers. Month, grouping and what it is narrowed to stand in the address. */
export default function Profit() {
  const t = useText(profitText)
  const pick = usePick()
  const { language } = useSettings()
  const { money } = useBank()
  const who = useWho()
  const [search, setSearch] = useSearchParams()
  const query = queryOf(search)
  const [exporting, setExporting] = useState(false)
  const { data, error, refetch, isFetching } = useContract(getProfitView, { query })
  if (isNotFound(error)) return <NotFound />
  const own = who.postCode === 'RM'
  const staff = query.staff ?? (own ? who.staffKey : undefined)
  const address = (more: Record<string, string>, without: readonly string[] = []): string => {
    const next = new URLSearchParams(search)
    for (const name of without) next.delete(name)
    for (const [name, value] of Object.entries(more)) next.set(name, value)
    return `/profit?${next}`
  }
  const opens = (key: string | null): string | null => {
    if (!data || key === null) return null
    if (data.by === 'PRODUCT') return data.groups.includes('MANAGER') ? address({ part: key, by: 'MANAGER' }) : address({ part: key }, ['by'])
    return data.by === 'OUTLET' ? address({ place: key, by: 'MANAGER' }) : address({ staff: key }, ['by'])
  }
  const scale = unitFor(data === undefined ? 0n : sizeOf(data.amountFen))
  const within = data ? [data.narrowed.place, data.narrowed.staff, data.narrowed.part && pick(data.narrowed.part)].filter(Boolean).join(' · ') : ''
  const shares = data ? profitShares(data.parts.map(({ amountFen }) => amountFen), data.amountFen) : []
  return (
    <Page>
      <PageHeader
        title={within === '' ? t('title') : `${t('title')} · ${within}`} sub={t('rule')}
        crumbs={query.place === undefined && query.staff === undefined && query.part === undefined ? [] : [{ title: `${t('title')} · ${t('back')}`, to: address({}, ['place', 'staff', 'part', 'by']) }]}
        actions={data && data.month !== null && (
          <>
            <Select aria-label={t('month')} value={data.month} style={{ minWidth: 120 }} options={data.months.map((value) => ({ value, label: value }))} onChange={(value: string) => setSearch((old) => { const next = new URLSearchParams(old); next.set('month', value); return next })} />
            {data.groups.length > 1 && <Segmented aria-label={t('by')} value={data.by} options={data.groups.map((group) => ({ value: group, label: t(group) }))} onChange={(value) => setSearch((old) => { const next = new URLSearchParams(old); next.set('by', value); return next })} />}
            {data.parts.length > 0 && <Button onClick={() => setExporting(true)}>{t('exportIt')}</Button>}
          </>
        )}
      />
      {data?.example && data.month !== null && <Note tone="info">{t('example')}</Note>}
      <Block title={t('figures')} {...(data?.month ? { asOf: monthEnd(data.month) } : {})} loading={!data} error={error} onRetry={() => void refetch()} updating={isFetching && data !== undefined}>
        {data && (data.parts.length === 0 ? <EmptyState title={t('none')} hint={t('noneHint')} /> : (
          <div className="yq-stack">
            <KeyFigures figures={[
              { label: t('amount'), value: <Amount fen={data.amountFen} withUnit />, note: data.beforeFen === null ? undefined : <>{t('before')} <Change fen={difference(data.amountFen, data.beforeFen)} /></> },
              ...best(data, t, pick),
            ]} />
            <PlainTable
              label={t('figures')} stack="short"
              columns={[
                { key: 'name', title: t(data.by) }, ...(data.by === 'MANAGER' ? [{ key: 'customers', title: t('customers'), right: true }] : []), { key: 'amount', title: aside(t('amount'), unitName(scale, language, money)), right: true }, { key: 'share', title: t('share'), right: true },
                { key: 'before', title: aside(t('before'), unitName(scale, language, money)), right: true }, ...(data.by === 'MANAGER' ? [{ key: 'unit', title: t('unit') }] : []),
              ]}
              rows={data.parts.map((part, place) => {
                const to = opens(part.key)
                const shown = part.name === null ? t('pool') : pick(part.name)
                return {
                  key: String(part.key),
                  cells: [
                    to === null ? shown : <Link key="name" to={to}>{shown}</Link>, ...(data.by === 'MANAGER' ? [part.customers ?? '--'] : []), <Amount key="amount" fen={part.amountFen} unit={scale} inCell />, <Figure key="share" value={shares[place] ?? null} />,
                    part.beforeFen === null ? '--' : <Change key="before" fen={difference(part.amountFen, part.beforeFen)} unit={scale} />, ...(data.by === 'MANAGER' ? [part.unitName ?? '--'] : []),
                  ],
                }
              })}
            />
            {data.missing.length > 0 && <p className="yq-quiet yq-small">{t('missing', { list: data.missing.map((code) => missingName(code, t)).join(t('listMark')) })}</p>}
          </div>
        ))}
      </Block>
      {data?.month && staff !== undefined && data.parts.length > 0 && <Customers month={data.month} staff={staff} {...(query.part === undefined ? {} : { part: query.part })} />}
      {exporting && data && <Export sent={query} onClose={() => setExporting(false)} />}
    </Page>
  )
}

const sizeOf = (fen: string): bigint => (fen.startsWith('-') ? -BigInt(fen) : BigInt(fen))
const difference = (now: string, before: string): string => (BigInt(now) - BigInt(before)).toString()

/** The part that earns most. */
function best(data: ProfitView, t: Say<typeof profitText>, pick: (word: { zh: string; en: string }) => string) {
  const [first] = data.parts
  return first === undefined || data.parts.length < 2 ? [] : [{ label: `${t('best')} · ${first.name === null ? t('pool') : pick(first.name)}`, value: <Amount fen={first.amountFen} withUnit /> }]
}

/** The customers behind a manager's profit, each opens to how its contribution was worked out. */
function Customers({ month, staff, part }: { month: string; staff: number; part?: string }) {
  const t = useText(profitText)
  const { data, error, refetch } = useContract(listProfitCustomers, { query: { month, staff, ...(part === undefined ? {} : { part }) } })
  return (
    <Block title={t('ofCustomers')} loading={!data} error={error} onRetry={() => void refetch()}>
      {data && (data.items.length === 0 && data.others.amountFen === '0' ? <EmptyState title={t('noCustomers')} /> : (
        <PlainTable
          label={t('ofCustomers')} stack="short"
          columns={[{ key: 'name', title: t('customer') }, { key: 'number', title: t('number') }, { key: 'tier', title: t('tier') }, { key: 'amount', title: t('amount'), right: true }]}
          rows={[
            ...data.items.map((one) => ({ key: one.customerId, cells: [<Link key="name" to={`/customers/${one.customerId}?tab=value`}>{one.name}</Link>, one.number ?? '--', one.tier, <Amount key="amount" fen={one.amountFen} unit="yuan" inCell />] })),
            ...(data.others.amountFen === '0' ? [] : [{ key: 'others', cells: [t('others'), '--', '--', <Amount key="amount" fen={data.others.amountFen} unit="yuan" inCell />] }]),
          ]}
        />
      ))}
    </Block>
  )
}

function Export({ sent, onClose }: { sent: ProfitQuery; onClose: () => void }) {
  const t = useText(profitText)
  return <PurposeDrawer title={t('exportIt')} submit={t('exportIt')} fetch={(purpose) => download(exportProfit, { body: { ...sent, purpose } })} onClose={onClose} />
}
