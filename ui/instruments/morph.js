// From one broken line to another of more vertices, every state between a broken line.

/** Choose which of the longer list each of the shorter belongs to, in order, all near. */
function nearest(shorter, longer) {
  const [n, m] = [shorter.length, longer.length];
  const cost = Array.from({ length: n + 1 }, () => new Array(m + 1).fill(Infinity));
  cost[0].fill(0);
  for (let i = 1; i <= n; i += 1) {
    for (let j = i; j <= m; j += 1) {
      const taken = cost[i - 1][j - 1] + Math.abs(shorter[i - 1] - longer[j - 1]);
      cost[i][j] = Math.min(cost[i][j - 1], taken);
    }
  }
  const partners = [];
  for (let i = n, j = m; i > 0; j -= 1) {
    if (cost[i][j] === cost[i][j - 1]) continue;
    i -= 1;
    partners[i] = j - 1;
  }
  return partners;
}

/** Give the height of a broken line at ascending inputs within its ends. */
export function heightsAt(line, inputs) {
  const { x, y } = line;
  let piece = 0;
  return inputs.map((input) => {
    while (piece < x.length - 2 && input > x[piece + 1]) piece += 1;
    const width = x[piece + 1] - x[piece];
    const part = width > 0 ? (input - x[piece]) / width : 1;
    return y[piece] + part * (y[piece + 1] - y[piece]);
  });
}

/** Give a line as many vertices as another has, without a change of its graph. */
function refined(line, other) {
  const partners = nearest(line.x.slice(1, -1), other.x.slice(1, -1));
  const x = other.x.map(() => null);
  [x[0], x[x.length - 1]] = [line.x[0], line.x.at(-1)];
  partners.forEach((partner, i) => (x[partner + 1] = line.x[i + 1]));
  for (let i = 1; i < x.length - 1; i += 1) {
    const next = x.slice(i).find((place) => place !== null);
    x[i] ??= Math.min(Math.max(other.x[i], x[i - 1]), next);
  }
  return { x, y: heightsAt(line, x) };
}

/** Make the function that gives the broken line at a time from 0, `from`, to 1, `to`. */
export function morph(from, to) {
  const grows = to.x.length >= from.x.length;
  const start = grows ? refined(from, to) : from;
  const end = grows ? to : refined(to, from);
  const mixed = (a, b, time) => a.map((value, i) => value + time * (b[i] - value));
  return (time) => ({ x: mixed(start.x, end.x, time), y: mixed(start.y, end.y, time) });
}
