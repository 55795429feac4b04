import { Button, DatePicker } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { Link } from 'react-router'
import { Block } from '../../ui/Block.tsx'
import { useContract } from '../../ui/client.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { FilterBar } from '../../ui/FilterBar.tsx'
import { Note } from '../../ui/Note.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { useSettings } from '../../ui/settings.ts'
import { Tag } from '../../ui/Tag.tsx'
import { useText } from '../../ui/text.ts'
import { useBank } from '../../ui/UiProvider.tsx'
import { useListState } from '../../ui/useListState.ts'
import { useMay } from '../../ui/who.ts'
import { listInstitutions } from '../institution.contract.ts'
import { listPeople } from '../person.contract.ts'
import { HirePerson } from './PersonForms.tsx'
import { organisationText } from './organisation-text.ts'
import { usePostOptions } from './unit-options.ts'
import { AddUnit, CloseUnit, RenameUnit } from './UnitForms.tsx'
import { UnitTree } from './UnitTree.tsx'

/** The tree of units and the people in them, as of a day. */
export default function Organisation() {
  const t = useText(organisationText)
  const { language } = useSettings()
  const { today } = useBank()
  const may = useMay()
  const posts = usePostOptions()
  const list = useListState(['unitKey', 'postCode', 'gone', 'day'])
  const { q, unitKey, postCode, gone, cursor, day = today } = list.query
  const [form, setForm] = useState<'unit' | 'rename' | 'close' | 'hire' | null>(null)
  const units = useContract(listInstitutions, { query: { day } })
  const people = useContract(listPeople, { query: { q, unitKey, postCode, gone: gone as 'include' | 'only' | undefined, cursor, day, limit: 50 } })
  const unit = units.data?.items.find((one) => String(one.key) === unitKey)
  const changes = may('organisation.change') && day === today
  const choose = (filters: Record<string, string | undefined>): void => {
    list.change({ filters: Object.fromEntries(Object.entries({ ...list.state.filters, ...filters }).filter((entry): entry is [string, string] => entry[1] !== undefined)) })
  }
  const close = (): void => setForm(null)
  const named = (one: { name: string; nameEn: string }): string => (language === 'zh' ? one.name : one.nameEn)

  return (
    <Page>
      <PageHeader
        title={t('title')}
        actions={
          <>
            {changes && <Button type="primary" onClick={() => setForm('hire')}>{t('hire')}</Button>}
            {changes && <Button onClick={() => setForm('unit')}>{t('addUnit')}</Button>}
            <label className="yq-row">
              <span className="yq-quiet">{t('asOf')}</span>
              <DatePicker value={dayjs(day)} allowClear={false} format="YYYY-MM-DD" aria-label={t('asOf')} onChange={(chosen) => choose({ day: chosen && chosen.format('YYYY-MM-DD') !== today ? chosen.format('YYYY-MM-DD') : undefined })} />
            </label>
          </>
        }
      />
      {day !== today && <Note tone="info">{t('pastNote', { day })}</Note>}
      <div className="yq-grid" data-columns="1-2">
        <div className="yq-stack">
          <Block title={t('tree')} loading={!units.data} error={units.error} onRetry={() => void units.refetch()} updating={units.isFetching && !!units.data}>
            <UnitTree units={units.data?.items ?? []} chosen={unit?.key ?? null} onChoose={(key) => choose({ unitKey: key === null ? undefined : String(key) })} label={t('tree')} />
          </Block>
          {unit && (
            <Block
              title={named(unit)}
              actions={changes && <><Button size="small" onClick={() => setForm('rename')}>{t('rename')}</Button><Button size="small" onClick={() => setForm('close')}>{t('close')}</Button></>}
            >
              <Facts facts={[
                { label: t('kind'), value: t(unit.kind) },
                { label: t('code'), value: unit.code },
                { label: t('since'), value: unit.from },
                { label: t('inLine'), value: unit.inLine },
                { label: t('atPlace'), value: unit.atPlace },
                ...(unit.kind === 'BRANCH' ? [{ label: t('managersIn'), value: t(unit.managersIn === 'OUTLET' ? 'inOutlet' : 'inDepartment') }] : []),
              ]} />
            </Block>
          )}
        </div>
        <DataTable
          label={t('people')} list={list} source={people} rowKey={(row) => String(row.staffKey)} measure="人" measureEn="{n|person|people}" rowTo={(row) => `/people/${row.staffKey}`}
          bar={<FilterBar list={list} search={{ placeholder: t('search') }} filters={[
            { name: 'postCode', label: t('post'), options: posts, long: true },
            { name: 'gone', label: t('gone'), options: [{ value: 'include', label: t('goneInclude') }, { value: 'only', label: t('goneOnly') }] },
          ]} />}
          columns={[
            { key: 'name', title: t('name'), show: (row) => <Link to={`/people/${row.staffKey}`}>{row.name}</Link> },
            { key: 'staffNo', title: t('staffNo'), show: (row) => row.staffNo, card: 'tag' },
            { key: 'post', title: t('post'), show: (row) => (row.employed ? <>{(language === 'zh' ? row.postName : row.postNameEn) ?? '--'}{row.otherPosts > 0 && <span className="yq-quiet"> {t('others', { n: row.otherPosts })}</span>}</> : <Tag>{t('left')}</Tag>) },
            { key: 'line', title: t('line'), show: (row) => row.lineName ?? '--' },
            { key: 'place', title: t('place'), show: (row) => row.placeName ?? '--' },
          ]}
          empty={<EmptyState title={t('noPeople')} />}
        />
      </div>
      {form === 'unit' && <AddUnit open onClose={close} parent={unit?.key ?? null} />}
      {form === 'rename' && unit && <RenameUnit open onClose={close} unit={unit} />}
      {form === 'close' && unit && <CloseUnit open onClose={close} unit={unit} />}
      {form === 'hire' && <HirePerson open onClose={close} unitKey={unit?.key ?? null} />}
    </Page>
  )
}
