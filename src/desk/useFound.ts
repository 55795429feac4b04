import { listCustomers } from '../customers/customer.contract.ts'
import { findLoans } from '../holdings/holdings.contract.ts'
import { listPeople } from '../organisation/person.contract.ts'
import { useContract } from '../ui/client.ts'
import { useSettings } from '../ui/settings.ts'
import { useMay } from '../ui/who.ts'

/** One result: where it leads, and what tells it from others of the name. */
export type Hit = { key: string; title: string; note?: string; to: string }
export type Found = { customers: readonly Hit[]; people: readonly Hit[]; loans: readonly Hit[]; waiting: boolean }

/** Asks what the post may ask: customers in its scope, people of the bank. */
export function useFound(asked: string): Found {
  const may = useMay()
  const { language } = useSettings()
  const customers = useContract(listCustomers, { query: { q: asked, limit: 8, count: 'no' } }, { enabled: asked !== '' && may('customer.list'), keepOld: false })
  const people = useContract(listPeople, { query: { q: asked, limit: 5 } }, { enabled: asked !== '' && may('organisation.read'), keepOld: false })
  // a number of a loan has digits
  const numbered = /\d/.test(asked) && asked.length >= 4
  const loans = useContract(findLoans, { query: { q: asked.slice(0, 40) } }, { enabled: numbered && may('customer.list'), keepOld: false })
  return {
    loans: numbered ? (loans.data?.items ?? []).map((loan) => ({ key: `loan-${loan.number}`, title: loan.number, to: `/customers/${loan.customerId}?tab=holdings`, note: [loan.customerName, language === 'en' ? loan.product.nameEn : loan.product.name].join(' · ') })) : [],
    customers: asked === '' ? [] : (customers.data?.items ?? []).map((row) => ({
      key: `customer-${row.customerId}`, title: row.name, to: `/customers/${row.customerId}`, note: [row.number, row.outletName, row.managerName].filter(Boolean).join(' · '),
    })),
    people: asked === '' ? [] : (people.data?.items ?? []).map((person) => ({
      key: `person-${person.staffKey}`, title: person.name, to: `/people/${person.staffKey}`,
      note: [(language === 'en' ? person.postNameEn : person.postName), person.placeName].filter(Boolean).join(' · '),
    })),
    waiting: loans.isFetching || people.isFetching || customers.isFetching,
  }
}
