/** Ids of node kinds: see {@link Tree.tag}. Elements that the engine asks for by name have an id of their own. */
export type TagId = number;
