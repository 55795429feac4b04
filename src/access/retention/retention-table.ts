import type { Retention } from './retention.rules.ts'

/** How long what is kept: by rule, dated; the years count from the event (domain specification 2.13). Changed by decision record, with the compliance team of the bank. */

type Words = Pick<Retention, 'zh' | 'en'>
const aml: Words = { zh: '反洗钱法（2024）第三十四条', en: 'Anti-money-laundering law (2024), article 34' }
const formerAml: Words = { zh: '反洗钱法（2006）第十九条', en: 'Anti-money-laundering law (2006), article 19' }
const bank: Words = { zh: '行内制度', en: 'Rules of the bank' }
const none: Words = { zh: '无', en: 'None' }
const relationEnds: Words = { zh: '业务关系结束', en: 'The relation ends' }
const booked: Words = { zh: '交易发生', en: 'The transaction' }

export const retentions: readonly Retention[] = [
  { code: 'RELATION', years: 5, from: '2007-01-01', to: '2025-01-01', zh: '业务关系结束后 5 年', en: '5 years after the relation ends', event: relationEnds, basis: formerAml },
  { code: 'RELATION', years: 10, from: '2025-01-01', to: null, zh: '业务关系结束后 10 年', en: '10 years after the relation ends', event: relationEnds, basis: aml },
  { code: 'TRANSACTION', years: 5, from: '2007-01-01', to: '2025-01-01', zh: '交易发生后 5 年', en: '5 years after the transaction', event: booked, basis: formerAml },
  { code: 'TRANSACTION', years: 10, from: '2025-01-01', to: null, zh: '交易发生后 10 年', en: '10 years after the transaction', event: booked, basis: aml },
  { code: 'CONDUCT', years: 10, from: '2007-01-01', to: null, zh: '记录后 10 年', en: '10 years after the entry', event: { zh: '行为、可疑、审计记录形成', en: 'A record of conduct, suspicion or audit' }, basis: { zh: '反洗钱法（2024）第三十四条；行内制度', en: 'Anti-money-laundering law (2024), article 34; rules of the bank' } },
  { code: 'CREDIT', years: 10, from: '2007-01-01', to: null, zh: '贷款结清或核销后 10 年', en: '10 years after settlement or write-off', event: { zh: '贷款结清或核销', en: 'The loan is settled or written off' }, basis: bank },
  { code: 'PLACE', years: 10, from: '2021-11-01', to: null, zh: '随该次贷款调查的信贷档案', en: 'With the credit file of the investigation', event: { zh: '贷款结清或核销', en: 'The loan is settled or written off' }, basis: { zh: '个人信息保护法第二十八条；行内制度', en: 'Personal information protection law, article 28; rules of the bank' } },
  { code: 'PROSPECT', years: 2, from: '2007-01-01', to: null, zh: '未建立业务关系：最后一次联系后 2 年', en: 'Without a relation: 2 years after the last contact', event: { zh: '最后一次联系', en: 'The last contact' }, basis: { zh: '个人信息保护法第四十七条；行内制度', en: 'Personal information protection law, article 47; rules of the bank' } },
  { code: 'CONSENT', years: 3, from: '2007-01-01', to: null, zh: '撤回后保留凭证 3 年', en: 'Proof kept for 3 years after the withdrawal', event: { zh: '撤回同意', en: 'The consent is withdrawn' }, basis: { zh: '个人信息保护法第十五条', en: 'Personal information protection law, article 15' } },
  { code: 'LOBBY', years: 1, from: '2021-11-01', to: null, zh: '未登记身份的到店记录：1 年', en: 'Arrivals in the lobby without identity: 1 year', event: { zh: '到店', en: 'The arrival' }, basis: bank },
  { code: 'EMPLOYMENT', years: 10, from: '2000-01-01', to: null, zh: '离职后 10 年', en: '10 years after leaving', event: { zh: '离职', en: 'The person leaves' }, basis: bank },
  { code: 'WORK', years: null, from: '2000-01-01', to: null, zh: '用完即清或随新数据覆盖', en: 'Emptied after use or written over', event: none, basis: bank },
  { code: 'LASTING', years: null, from: '2000-01-01', to: null, zh: '长期', en: 'Lasting', event: none, basis: bank },
]

/** Changes with every change of the rows above: each proposal keeps under which table it was made. */
export const retentionVersion = '2026-11-29'
