# The peer of `bench train`: the same model, batch and optimizer in PyTorch, on one core. For each line on the
# input it takes that many steps and prints the CPU seconds they took.
import sys, time, torch
torch.set_num_threads(1)
sparse = sys.argv[1] == "sparse"
fields, vocabulary, width, batch = 5, 10_000, 32, 1024
tables = [torch.nn.Embedding(vocabulary, width, sparse=sparse) for _ in range(fields)]
deep = torch.nn.Sequential(
    torch.nn.Linear(fields * width, 128), torch.nn.ReLU(), torch.nn.Linear(128, 64), torch.nn.ReLU(), torch.nn.Linear(64, 1))
rows = [p for t in tables for p in t.parameters()]
rules = [torch.optim.Adam(deep.parameters()), torch.optim.SparseAdam(rows) if sparse else torch.optim.Adam(rows)]
if not any(name in open("/proc/self/maps").read() for name in ("openblas", "mkl")):
    sys.exit("PyTorch runs on the reference BLAS here, which is no peer: apt-get install libopenblas0-pthread")
loss = torch.nn.BCEWithLogitsLoss()
ids = torch.randint(0, vocabulary, (64, batch, fields))
labels = torch.randint(0, 2, (64, batch, 1)).float()
for line in sys.stdin:
    start = time.process_time()
    for step in range(int(line)):
        x, y = ids[step % 64], labels[step % 64]
        out = deep(torch.cat([t(x[:, f]) for f, t in enumerate(tables)], 1))
        for r in rules:
            r.zero_grad(set_to_none=True)
        loss(out, y).backward()
        for r in rules:
            r.step()
    print(time.process_time() - start, flush=True)
