// The scan of wasm/retrieval as a program for the processor itself: the best K of N rows of D
// numbers, D and K fixed when it is compiled. It reads the numbers that native.mjs wrote, then from
// its standard input the numbers of queries, and answers each with a line: ms, and the rows, best
// first.
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { BLOCK = 1024 };

static uint64_t keys[K]; // a heap whose root is the worst that is kept
static int kept;

static void sink(int i, int n) {
	for (;;) {
		int worst = i;
		for (int c = 2 * i + 1; c <= 2 * i + 2 && c < n; c++) {
			if (keys[worst] < keys[c]) worst = c;
		}
		if (worst == i) return;
		uint64_t one = keys[i];
		keys[i] = keys[worst], keys[worst] = one;
		i = worst;
	}
}

// offer keeps a score that is above the worst, or one of the first K. Smaller keys are better.
static void offer(float score, uint32_t row) {
	uint32_t bits;
	score += 0;
	memcpy(&bits, &score, 4);
	uint64_t key = (uint64_t)(bits ^ (~(uint32_t)((int32_t)bits >> 31) & INT32_MAX)) << 32 | row;
	if (kept < K) {
		keys[kept++] = key;
		if (kept == K) {
			for (int i = K / 2; i >= 0; i--) sink(i, K);
		}
		return;
	}
	if (key < keys[0]) {
		keys[0] = key;
		sink(0, K);
	}
}

static float least(void) {
	if (kept < K) return -INFINITY;
	uint32_t bits = keys[0] >> 32;
	bits ^= ~(uint32_t)((int32_t)bits >> 31) & INT32_MAX;
	float score;
	memcpy(&score, &bits, 4);
	return score;
}

// quantize rounds a query to integers, as wasm/quant does, and returns its scale.
static float quantize(int8_t *restrict q, const float *restrict query) {
	float top = 0;
	for (int c = 0; c < D; c++) top = fmaxf(top, fabsf(query[c]));
	float scale = top / 127;
	uint32_t bits;
	memcpy(&bits, &scale, 4);
	bits = (bits + 0xffff) & ~0xffffu;
	memcpy(&scale, &bits, 4);
	for (int c = 0; c < D; c++) q[c] = (int8_t)round((double)(query[c] / scale));
	return scale;
}

static void scan(int n, const float *restrict scales, const float *restrict bias, const int8_t *restrict table, const float *query) {
	static int32_t products[BLOCK];
	static float scores[BLOCK];
	int8_t q[D];
	float own = quantize(q, query);
	kept = 0;
	for (int from = 0; from < n; from += BLOCK) {
		int rows = n - from < BLOCK ? n - from : BLOCK;
		for (int r = 0; r < rows; r++) {
			const int8_t *row = table + (size_t)(from + r) * D;
			int32_t sum = 0;
			for (int c = 0; c < D; c++) sum += row[c] * q[c];
			products[r] = sum;
		}
		for (int r = 0; r < rows; r++) scores[r] = own * scales[from + r] * (float)products[r] + bias[from + r];
		float worst = least();
		for (int r = 0; r < rows; r++) {
			if (scores[r] > worst) {
				offer(scores[r], (uint32_t)(from + r));
				worst = least();
			}
		}
	}
	for (int n = K - 1; n > 0; n--) { // best first
		uint64_t one = keys[0];
		keys[0] = keys[n], keys[n] = one;
		sink(0, n);
	}
}

int main(int count, char **arguments) {
	FILE *file = count == 2 ? fopen(arguments[1], "rb") : NULL;
	if (!file) return fprintf(stderr, "native: the file of the numbers is missing\n"), 2;
	fseek(file, 0, SEEK_END);
	size_t bytes = (size_t)ftell(file);
	rewind(file);
	char *all = malloc(bytes);
	if (!all || fread(all, 1, bytes, file) != bytes) return fprintf(stderr, "native: %s cannot be read\n", arguments[1]), 2;
	int n = *(int32_t *)all;
	const float *scales = (float *)(all + 8), *bias = scales + n;
	const int8_t *table = (int8_t *)(bias + n);
	const float *queries = (float *)(table + (size_t)n * D);
	for (int at; scanf("%d", &at) == 1;) {
		struct timespec from, to;
		clock_gettime(CLOCK_MONOTONIC, &from);
		scan(n, scales, bias, table, queries + (size_t)at * D);
		clock_gettime(CLOCK_MONOTONIC, &to);
		printf("%.6f", (double)(to.tv_sec - from.tv_sec) * 1e3 + (double)(to.tv_nsec - from.tv_nsec) / 1e6);
		for (int i = 0; i < K; i++) printf(" %u", (uint32_t)keys[i]);
		puts("");
		fflush(stdout);
	}
	return 0;
}
