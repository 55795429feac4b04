import { Input } from 'antd'
import { useMemo, useState, type ReactNode } from 'react'
import { Link } from 'react-router'
import { apiDescription } from '../../foundation/http/system.contract.ts'
import { useContract } from '../../ui/client.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { useSettings } from '../../ui/settings.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { defineText, mark, useText } from '../../ui/text.ts'
import { operationsByTag, typeText, type ApiDescription, type Operation, type Schema } from './api-description.ts'

const text = defineText({
  title: { zh: '接口文档', en: 'Interface' },
  back: { zh: '返回系统', en: 'Back to the product' },
  find: { zh: '路径、名称、权限', en: 'Path, name, permission' },
  none: { zh: '没有符合条件的接口', en: 'No endpoint matches' },
  count: { zh: '共 {n} 个接口', en: '{n} endpoints' },
  parameters: { zh: '参数', en: 'Parameters' },
  body: { zh: '请求内容', en: 'Request' },
  reply: { zh: '返回内容', en: 'Reply' },
  refusals: { zh: '可能的拒绝', en: 'Refusals' },
  permission: { zh: '权限', en: 'Permission' },
  posts: { zh: '岗位', en: 'Posts' },
  once: { zh: '重复提交只生效一次', en: 'Twice is once' },
  required: { zh: '必填', en: 'required' },
  raw: { zh: '查看 OpenAPI 3.1 原文', en: 'The OpenAPI 3.1 text' },
  public: { zh: '无需登录', en: 'no session' },
  signedIn: { zh: '登录即可', en: 'any session' },
})

/** Every endpoint, from its contract: what it takes, answers, refuses, and who may. */
export default function ApiDocs() {
  const t = useText(text)
  const { data, error, refetch } = useContract(apiDescription, {}, { stay: true, staleTime: Infinity })
  const [word, setWord] = useState('')
  const api = data as ApiDescription | undefined
  const groups = useMemo(() => (api ? operationsByTag(api) : new Map<string, Operation[]>()), [api])
  const asked = word.trim().toLowerCase()
  const matches = (one: Operation): boolean => asked === '' || `${one.method} ${one.path} ${one.operationId} ${one.summary} ${one.description} ${one['x-permission'].action}`.toLowerCase().includes(asked)
  const shown = [...groups].map(([tag, all]) => ({ tag, operations: all.filter(matches) })).filter((group) => group.operations.length > 0)
  const total = [...groups.values()].reduce((sum, all) => sum + all.length, 0)
  return (
    <main className="yq-main yq-docs">
      <Page>
        <PageHeader title={t('title')} sub={<><Link to="/">{t('back')}</Link> · <a href="/api/openapi.json">{t('raw')}</a>{api && ` · ${api.info.version} · ${t('count', { n: total })}`}</>} />
        {api && <p className="yq-prose yq-quiet">{api.info.description}</p>}
        <Input aria-label={t('find')} placeholder={t('find')} allowClear value={word} onChange={(event) => setWord(event.target.value)} style={{ maxWidth: 360 }} />
        {error && !api ? <ErrorState error={error} onRetry={() => void refetch()} /> : !api ? <Skeleton lines={10} /> : shown.length === 0 ? <EmptyState title={t('none')} /> : shown.map((group) => (
          <section key={group.tag} className="yq-block">
            <div className="yq-block-head"><h2>{group.tag}</h2></div>
            {group.operations.map((one) => <OperationView key={one.operationId} operation={one} />)}
          </section>
        ))}
      </Page>
    </main>
  )
}

function OperationView({ operation }: { operation: Operation }) {
  const { language } = useSettings()
  // hundreds of endpoints: what one takes and answers is drawn when it is opened
  const [opened, setOpened] = useState(false)
  return (
    <details className="yq-operation" onToggle={({ currentTarget }) => setOpened(currentTarget.open)}>
      <summary>
        <span className="yq-method" data-method={operation.method}>{operation.method}</span>
        <code>{operation.path}</code>
        <span className="yq-quiet">{language === 'en' ? operation.description : operation.summary}</span>
      </summary>
      {opened && <OperationBody operation={operation} />}
    </details>
  )
}

function OperationBody({ operation }: { operation: Operation }) {
  const t = useText(text)
  const { language } = useSettings()
  const permission = operation['x-permission']
  const body = operation.requestBody?.content['application/json']?.schema
  const reply = operation.responses['200']?.content?.['application/json']?.schema
  const refusals = Object.entries(operation.responses).filter(([status]) => status !== '200')
  return (
    <div className="yq-stack yq-operation-body">
      <div className="yq-row">
        <span className="yq-quiet">{t('permission')}</span>
        <Tag>{permission.action === 'public' ? t('public') : permission.action === 'signed-in' ? t('signedIn') : permission.action}</Tag>
        {permission.posts && <span className="yq-small yq-quiet">{t('posts')}{mark('：')}{permission.posts.join(', ')}</span>}
        {operation['x-writes'] && <Tag tone="primary">{t('once')}</Tag>}
      </div>
      {operation.parameters.length > 0 && <Part title={t('parameters')}><ul className="yq-schema">{operation.parameters.map((one) => <Line key={`${one.in}.${one.name}`} name={`${one.name} (${one.in})`} schema={one.schema} required={one.required} />)}</ul></Part>}
      {body && <Part title={t('body')}><SchemaView schema={body} /></Part>}
      {reply && <Part title={t('reply')}><SchemaView schema={reply} /></Part>}
      <Part title={t('refusals')}>
        <ul className="yq-schema">
          {refusals.flatMap(([status, response]) => Object.entries(response['x-refusals'] ?? {}).map(([name, sentence]) => (
            <li key={`${status}${name}`}><span className="yq-num yq-quiet">{status}</span> <code>{name}</code> {language === 'en' ? sentence.en : sentence.zh}</li>
          )))}
        </ul>
      </Part>
    </div>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <h3>{title}</h3>
      {children}
    </div>
  )
}

function SchemaView({ schema }: { schema: Schema }) {
  const fields = Object.entries(schema.properties ?? schema.items?.properties ?? {})
  if (fields.length === 0) return <code>{typeText(schema)}</code>
  return <ul className="yq-schema">{fields.map(([name, field]) => <Line key={name} name={name} schema={field} required={(schema.required ?? schema.items?.required ?? []).includes(name)} />)}</ul>
}

function Line({ name, schema, required }: { name: string; schema: Schema; required: boolean }) {
  const t = useText(text)
  const inner = schema.properties || schema.items?.properties ? schema : (schema.anyOf ?? []).find((one) => one.properties ?? one.items?.properties)
  return (
    <li>
      <code>{name}</code> <span className="yq-quiet">{inner ? (inner.items ? '[ ]' : '{ }') : typeText(schema)}</span> {required && <span className="yq-small yq-quiet">{t('required')}</span>}
      {inner && <SchemaView schema={inner} />}
    </li>
  )
}
