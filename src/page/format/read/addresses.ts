import type { AddressRoom } from "../../url/address-room.ts";
import { linkTarget, sourceAddress } from "./link-target.ts";

/** Resolves the addresses of one page, as long as there is room for them. */
export class Addresses {
  readonly baseUrl: string;
  readonly room: AddressRoom;

  constructor(baseUrl: string, room: AddressRoom) {
    this.baseUrl = baseUrl;
    this.room = room;
  }

  /** See {@link linkTarget}; null also where there is no room. */
  link(href: string): string | null {
    return this.#taken(this.room.isFull ? null : linkTarget(this.baseUrl, href));
  }

  /** See {@link sourceAddress}; null also where there is no room. */
  source(src: string): string | null {
    return this.#taken(this.room.isFull ? null : sourceAddress(this.baseUrl, src));
  }

  /** The same room for a part of the page with a base of its own. */
  withBase(baseUrl: string): Addresses {
    return new Addresses(baseUrl, this.room);
  }

  #taken(address: string | null): string | null {
    return address !== null && this.room.take(address) ? address : null;
  }
}
