import type { PageType } from "../../../contract/page.ts";
import { asList } from "./json.ts";
import type { PageFacts } from "./page-facts.ts";

interface TypeRule {
  /** Types of schema.org, in JSON-LD or microdata. */
  readonly schema: RegExp;
  readonly type: PageType;
}

/** What a page says it is. The first rule that fits one of its things counts. */
const RULES: readonly TypeRule[] = [
  { schema: /^(?:DiscussionForumPosting|QAPage|Question)$/, type: "forum" },
  {
    schema: /^(?:Product|ProductGroup|IndividualProduct|ProductModel|Vehicle|Car)$/,
    type: "product",
  },
  { schema: /^(?:TechArticle|APIReference|HowTo)$/, type: "documentation" },
  { schema: /(?:Article|BlogPosting|Report|Recipe|^Review)$/, type: "article" },
  { schema: /^(?:CollectionPage|OfferCatalog)$/, type: "collection" },
  { schema: /^(?:ItemList|SearchResultsPage)$/, type: "listing" },
  { schema: /^(?:Service|ProfessionalService|FinancialProduct)$/, type: "service" },
];

const OPEN_GRAPH: Readonly<Record<string, PageType>> = {
  article: "article",
  "article:article": "article",
  blog: "article",
  news: "article",
  product: "product",
  "product.item": "product",
  "og:product": "product",
  "product.group": "collection",
};

/** The kind of page by what it says of itself; null where it says nothing that tells. */
export function chooseType({ things, metas }: PageFacts): PageType | null {
  const names = things
    .flatMap((thing) => asList(thing["@type"]))
    .map((name) => (typeof name === "string" ? name.replace(/^.*[/:#]/, "") : ""));
  const rule = RULES.find(({ schema }) => names.some((name) => schema.test(name)));
  if (rule) return rule.type;
  return OPEN_GRAPH[metas.get("og:type")?.[0]?.toLowerCase() ?? ""] ?? null;
}
