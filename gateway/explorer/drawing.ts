import { html, type Html } from "#shared/http/html.ts";
import type { GraphModel, TypeModel } from "#shared/federation/describedGraph.ts";

/**
 * A supergraph as SVG: a room for each subgraph, in two columns, with the types that are its own in it; between the columns the entities
 * that several subgraphs have, each joined to its rooms. Every type is a link to `#type-<name>`.
 */
export function drawing(model: GraphModel): Html {
  const entities = model.types.filter(isShared);
  const rooms = roomsOf(model);
  const height =
    Math.max(...rooms.map((room) => room.y + room.height), MARGIN + entities.length * JOINT_STEP) + MARGIN;
  const step = (height - 2 * MARGIN) / Math.max(1, entities.length);
  const joints = entities.map((type, index) => ({ type, y: MARGIN + (index + 0.5) * step }));
  const openingOf = (name: string) => {
    const room = rooms.find((each) => each.name === name)!;
    return {
      x: room.isLeft ? room.x + ROOM_WIDTH : room.x,
      y: room.y + HEADING / 2 + 4,
      isLeft: room.isLeft,
    };
  };
  return html`<svg
    viewBox="0 0 ${WIDTH} ${height}"
    role="img"
    aria-label="Subgraphs as boxes, joined by the entities that they share"
  >
    ${joints.flatMap(({ type, y }) => type.subgraphs.map(({ subgraph }) => line(openingOf(subgraph), y, subgraph === ownerOf(type), type.name)))}
    ${rooms.map(drawRoom)} ${joints.map(({ type, y }) => drawJoint(type, y))}
  </svg>`;
}

/** The subgraph that answers most of a type's fields; of several, the first by name. */
export function ownerOf({ fields, subgraphs }: TypeModel): string | undefined {
  const answered = (name: string) =>
    fields.filter(({ owners }) => owners.some(({ subgraph }) => subgraph === name)).length;
  return [...subgraphs].sort((a, b) => answered(b.subgraph) - answered(a.subgraph))[0]?.subgraph;
}

const WIDTH = 1_000;
const MARGIN = 20;
const ROOM_WIDTH = 330;
const HEADING = 36;
const CHIP_HEIGHT = 24;
const GAP = 24;
const JOINT_STEP = 54;
const JOINT_WIDTH = 150;

interface Room {
  readonly name: string;
  readonly types: readonly TypeModel[];
  readonly isLeft: boolean;
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

function isShared({ root, subgraphs, kind }: TypeModel): boolean {
  const hasKey = subgraphs.some(({ keys }) => keys.length > 0);
  return root === null && hasKey && subgraphs.length > 1 && (kind === "object" || kind === "interface");
}

// Each room goes where there is more space left, the tall ones first.
function roomsOf({ subgraphs, types }: GraphModel): Room[] {
  const drawn = subgraphs.map(({ name }) => {
    const own = types.filter((type) => isDrawnIn(type, name));
    return { name, types: own, height: HEADING + Math.max(1, Math.ceil(own.length / 2)) * CHIP_HEIGHT + 16 };
  });
  let [left, right] = [MARGIN, MARGIN];
  return drawn
    .sort((a, b) => b.height - a.height)
    .map((room) => {
      const isLeft = left <= right;
      const y = isLeft ? left : right;
      if (isLeft) left += room.height + GAP;
      else right += room.height + GAP;
      return { ...room, isLeft, y, x: isLeft ? MARGIN : WIDTH - MARGIN - ROOM_WIDTH };
    });
}

// Roots are everybody's, scalars say nothing, and pages of lists only repeat what they are pages of.
function isDrawnIn(type: TypeModel, subgraph: string): boolean {
  if (type.root !== null || type.kind === "scalar" || isShared(type)) return false;
  return /(Edge|Connection)$/.test(type.name) ? false : type.subgraphs[0]?.subgraph === subgraph;
}

function drawRoom({ name, types, x, y, height }: Room): Html {
  const chips = types.map((type, index) => {
    const [column, row] = [index % 2, Math.floor(index / 2)];
    const [left, top] = [x + 12 + (column * (ROOM_WIDTH - 12)) / 2, y + HEADING + row * CHIP_HEIGHT + 16];
    return html`<a href="#type-${type.name}" class="chip ${type.kind}"
      ><text x="${left}" y="${top}">${shortened(type.name)}<title>${type.name}</title></text></a
    >`;
  });
  return html`<g class="room"
    ><rect x="${x}" y="${y}" width="${ROOM_WIDTH}" height="${height}" rx="10" />
    <text class="name" x="${x + 12}" y="${y + 26}">${name}</text>${chips}</g
  >`;
}

function shortened(name: string): string {
  return name.length > 21 ? `${name.slice(0, 20)}…` : name;
}

function line(
  opening: { x: number; y: number; isLeft: boolean },
  y: number,
  isOwner: boolean,
  name: string,
): Html {
  const end = WIDTH / 2 + (opening.isLeft ? -JOINT_WIDTH / 2 : JOINT_WIDTH / 2);
  const bend = (opening.x + end) / 2;
  return html`<path
    class="${isOwner ? "owner" : "adds"}"
    data-entity="${name}"
    d="M ${opening.x} ${opening.y} C ${bend} ${opening.y}, ${bend} ${y}, ${end} ${y}"
  />`;
}

function drawJoint({ name, subgraphs }: TypeModel, y: number): Html {
  const [x, height] = [WIDTH / 2 - JOINT_WIDTH / 2, 32];
  return html`<a href="#type-${name}" class="joint" aria-label="${name}, in ${subgraphs.length} subgraphs"
    ><rect x="${x}" y="${y - height / 2}" width="${JOINT_WIDTH}" height="${height}" rx="16" />
    <text x="${WIDTH / 2}" y="${y + 5}">${shortened(name)}<title>${name}</title></text></a
  >`;
}
