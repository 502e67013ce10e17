/** A rival: MiniSearch with its defaults over whole texts, as its README shows it. */
import MiniSearch from 'minisearch'

/** Indexes documents `{ id, text }`; gives a function from a query and a number to the best ids. */
export function miniSearch(documents) {
  const index = new MiniSearch({ fields: ['text'] })
  index.addAll(documents)
  return (query, limit) =>
    index
      .search(query)
      .slice(0, limit)
      .map(({ id }) => id)
}
