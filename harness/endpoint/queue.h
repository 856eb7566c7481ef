#pragma once

namespace runoff::endpoint {

/// A member of a Queue; it leaves when it ends.
class Queued {
 public:
  Queued() = default;
  Queued(const Queued&) = delete;
  Queued& operator=(const Queued&) = delete;
  ~Queued() { leave(); }

  bool is_in() const { return next_ != this; }
  void leave() {
    previous_->next_ = next_;
    next_->previous_ = previous_;
    next_ = previous_ = this;
  }

 private:
  friend class Queue;
  Queued* next_ = this;
  Queued* previous_ = this;
};

/// First come, first out; each step takes the same time, however many are in.
class Queue {
 public:
  void join(Queued& one) {
    one.leave();
    one.previous_ = end_.previous_;
    one.next_ = &end_;
    end_.previous_->next_ = &one;
    end_.previous_ = &one;
  }
  /// The one that has been in for the longest; null where there is none.
  Queued* first() { return end_.is_in() ? end_.next_ : nullptr; }

 private:
  Queued end_;
};

}  // namespace runoff::endpoint
